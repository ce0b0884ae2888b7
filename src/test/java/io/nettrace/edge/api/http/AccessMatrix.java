package io.nettrace.edge.api.http;

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
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who is let through to an endpoint, as one line of text: {@code +} for whoever is, {@code -} for
 * whoever is not, each cell found out by asking {@link Door}.
 */
record AccessMatrix(Plans plans, Instant now) {
  private static final List<Permission> ISSUABLE =
      List.of(
          Permission.READ_MEASUREMENTS,
          Permission.ORDER_EXPORTS,
          Permission.MANAGE_TARGETS,
          Permission.READ_USAGE);
  private static final UUID ID = new UUID(0x7000, 1);

  /** Names of the columns. */
  List<String> header() {
    List<String> names = new ArrayList<>(List.of("endpoint", "nobody"));
    for (Role role : Role.values()) {
      names.add(Words.of(role));
    }
    for (Permission scope : ISSUABLE) {
      names.add("key:" + Words.of(scope));
    }
    names.addAll(
        List.of("key:others", "test", "stale", "suspended", "tenantless", "counted", "plan"));
    return names;
  }

  /** The cells of one endpoint. */
  List<String> line(String endpoint, Door door) {
    List<String> cells = new ArrayList<>();
    cells.add(endpoint);
    cells.add(cell(door, new Anonymous(false, KeyRefusals.keyMissing())));
    for (Role role : Role.values()) {
      cells.add(cell(door, person(role, true, now)) + cell(door, person(role, false, now)));
    }
    for (Permission scope : ISSUABLE) {
      cells.add(cell(door, key(KeyKind.LIVE, EnumSet.of(scope))));
    }
    cells.add(cell(door, key(KeyKind.LIVE, EnumSet.complementOf(EnumSet.copyOf(ISSUABLE)))));
    cells.add(cell(door, key(KeyKind.TEST, EnumSet.allOf(Permission.class))));
    Caller owner = person(Role.OWNER, true, now);
    Instant longAgo = now.minus(Session.STEP_UP_LIFE);
    cells.add(cell(door, person(Role.OWNER, true, longAgo)));
    cells.add(cell(door, of(owner, Optional.of(tenant(TenantState.SUSPENDED)), largest())));
    cells.add(cell(door, tenantless()));
    cells.add(door.counts(owner) ? "+" : "-");
    cells.add(
        plans.all().stream()
            .filter(plan -> door.admits(of(owner, owner.actsFor(), plan)))
            .findFirst()
            .map(Plan::name)
            .orElse("-"));
    return cells;
  }

  /** What a key may be issued for, as the table has it. */
  static Set<Permission> issuable() {
    return Set.copyOf(ISSUABLE);
  }

  Caller key(KeyKind kind, Set<Permission> scopes) {
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

  /** Somebody with this role; the tenant demands a second factor. */
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
    return new Caller(tenant, credential, largest(), false);
  }

  private static Caller of(Caller caller, Optional<Tenant> tenant, Plan plan) {
    return new Caller(tenant, caller.credential(), plan, false);
  }

  private Plan largest() {
    return plans.all().getLast();
  }

  private Tenant tenant(TenantState state) {
    return new Tenant(
        ID, "acme", "ACME", TenantKind.CUSTOMER, state, Optional.empty(), now, Optional.empty());
  }

  private static String cell(Door door, SecurityContext caller) {
    return door.admits(caller) ? "+" : "-";
  }

  /** The table in columns, as it is kept. */
  static String table(List<List<String>> lines) {
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
  static Map<String, List<String>> read(List<String> lines) {
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
