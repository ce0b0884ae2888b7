package io.nettrace.desk;

import io.nettrace.apikey.ApiKey;
import io.nettrace.apikey.KeyKind;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.Permission;
import io.nettrace.identity.PersonName;
import io.nettrace.identity.Role;
import io.nettrace.identity.Session;
import io.nettrace.identity.Visitor;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKind;
import io.nettrace.tenant.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Callers that are let through by a door, as one line of text: {@code +} for one that is, {@code -}
 * for one that is not, each cell found out by asking the door.
 */
public record AccessMatrix(Plans plans, Instant now) {
  private static final List<Permission> ISSUABLE =
      List.of(
          Permission.READ_MEASUREMENTS,
          Permission.ORDER_EXPORTS,
          Permission.MANAGE_TARGETS,
          Permission.READ_USAGE);
  private static final UUID ID = new UUID(0x7000, 1);

  /** Names of the columns. */
  public List<String> header(String first) {
    List<String> names = new ArrayList<>(List.of(first, "nobody"));
    for (Role role : Role.values()) {
      names.add(word(role));
    }
    for (Permission scope : ISSUABLE) {
      names.add("key:" + word(scope));
    }
    names.addAll(
        List.of(
            "key:others",
            "test",
            "stale",
            "suspended",
            "deleting",
            "tenantless",
            "operator",
            "plan"));
    return names;
  }

  /** The cells of what stands behind one door. */
  public List<String> line(String name, Predicate<Optional<Caller>> door) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(cell(door, Optional.empty()));
    for (Role role : Role.values()) {
      cells.add(
          cell(door, Optional.of(person(role, true, now)))
              + cell(door, Optional.of(person(role, false, now))));
    }
    for (Permission scope : ISSUABLE) {
      cells.add(cell(door, Optional.of(key(KeyKind.LIVE, EnumSet.of(scope)))));
    }
    cells.add(
        cell(door, Optional.of(key(KeyKind.LIVE, EnumSet.complementOf(EnumSet.copyOf(ISSUABLE))))));
    cells.add(cell(door, Optional.of(key(KeyKind.TEST, EnumSet.allOf(Permission.class)))));
    Caller owner = owner();
    cells.add(cell(door, Optional.of(person(Role.OWNER, true, now.minus(Session.STEP_UP_LIFE)))));
    for (TenantState state : List.of(TenantState.SUSPENDED, TenantState.DELETING)) {
      cells.add(cell(door, Optional.of(of(owner, Optional.of(tenant(state)), largest()))));
    }
    cells.add(cell(door, Optional.of(tenantless())));
    cells.add(cell(door, Optional.of(operator(owner))));
    cells.add(
        plans.all().stream()
            .filter(plan -> door.test(Optional.of(of(owner, owner.actsFor(), plan))))
            .findFirst()
            .map(Plan::name)
            .orElse("-"));
    return cells;
  }

  /** An owner to whom nothing is denied that a tenant may do. */
  public Caller owner() {
    return person(Role.OWNER, true, now);
  }

  /** What a key may be issued for, as the table has it. */
  public static Set<Permission> issuable() {
    return Set.copyOf(ISSUABLE);
  }

  public Caller key(KeyKind kind, Set<Permission> scopes) {
    ApiKey key =
        new ApiKey(
            ID,
            ID,
            "a key",
            kind,
            scopes,
            List.of(),
            "ntk",
            "last",
            Optional.empty(),
            Optional.empty(),
            now,
            now.plus(Duration.ofDays(1)),
            Optional.empty());
    return caller(Optional.of(tenant(TenantState.ACTIVE)), new Caller.Credential.Key(key));
  }

  /** A person with this role; the tenant demands a second factor. */
  private Caller person(Role role, boolean secondFactor, Instant provenAt) {
    return caller(
        Optional.of(tenant(TenantState.ACTIVE)),
        new Caller.Credential.Person(
            session(Optional.of(ID), Optional.of(role), secondFactor, provenAt)));
  }

  private Caller tenantless() {
    return caller(
        Optional.empty(),
        new Caller.Credential.Person(session(Optional.empty(), Optional.empty(), true, now)));
  }

  private Session session(
      Optional<UUID> tenantId, Optional<Role> role, boolean secondFactor, Instant provenAt) {
    return new Session(
        ID,
        ID,
        new EmailAddress("somebody@example.org"),
        new PersonName("Some Body"),
        tenantId,
        role,
        secondFactor,
        !secondFactor,
        provenAt,
        now,
        provenAt,
        new Visitor("192.0.2.1", "a test"));
  }

  private Caller caller(Optional<Tenant> tenant, Caller.Credential credential) {
    return new Caller(tenant, credential, largest());
  }

  private static Caller of(Caller caller, Optional<Tenant> tenant, Plan plan) {
    return new Caller(tenant, caller.credential(), plan);
  }

  private Plan largest() {
    return plans.all().getLast();
  }

  private Tenant tenant(TenantState state) {
    return new Tenant(
        ID, "acme", "ACME", TenantKind.CUSTOMER, state, Optional.empty(), now, Optional.empty());
  }

  private static Caller operator(Caller caller) {
    return new Caller(caller.actsFor(), caller.credential(), caller.plan(), true);
  }

  private static String cell(Predicate<Optional<Caller>> door, Optional<Caller> caller) {
    return door.test(caller) ? "+" : "-";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The table in columns, as it is kept. */
  public static String table(List<List<String>> lines) {
    int columns = lines.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return lines.stream()
        .map(
            line -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < columns; i++) {
                text.append(i == 0 ? "" : " | ").append(line.get(i));
                text.append(" ".repeat(widths[i] - line.get(i).length()));
              }
              return text.toString().stripTrailing();
            })
        .collect(Collectors.joining("\n"));
  }

  /** The lines of a table as cells, by their first one. */
  public static Map<String, List<String>> read(List<String> lines) {
    Map<String, List<String>> table = new LinkedHashMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (table.put(cells.getFirst(), cells) != null) {
          throw new AssertionError("stands twice: " + cells.getFirst());
        }
      }
    }
    return table;
  }
}
