package io.nettrace.edge.portal.account;

import io.nettrace.apikey.ApiKey;
import io.nettrace.apikey.ApiKeys;
import io.nettrace.apikey.IssueOutcome;
import io.nettrace.apikey.KeyKind;
import io.nettrace.apikey.NewKey;
import io.nettrace.apikey.OwnedKey;
import io.nettrace.desk.Action;
import io.nettrace.desk.Desk;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Guarded.Form;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.PageNotFoundException;
import io.nettrace.edge.portal.PagedList;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.Permission;
import io.nettrace.metric.Cidr;
import io.nettrace.platform.web.FormTokens;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tenant's keys to the API. */
@Page
public class KeysPage {
  private static final int PER_PAGE = 50;
  private static final Duration OVERLAP = Duration.ofHours(24);
  private static final int STANDARD_DAYS = 365;

  /** Fields of the form that are called otherwise than in a wish for a key. */
  private static final Map<String, String> FIELDS =
      Map.of("expires_at", "days", "allowed_from", "from");

  private static final Map<Permission, String> TITLES = titles();

  @Inject ApiKeys keys;
  @Inject Desk desk;
  @Inject FormTokens tokens;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject Clock clock;

  private String text = "";
  private String made = "";
  private boolean rotated;
  private @Nullable List<Row> rows;

  /** A key's line. */
  public record Row(
      UUID id,
      String name,
      String shown,
      String kind,
      String scopes,
      String from,
      Instant expiresAt,
      Optional<OwnedKey.Use> lastUse,
      boolean live,
      String state) {}

  /** Something that a key may do. */
  public record Scope(String word, String title, boolean chosen) {}

  @Guarded(
      forms = {
        @Form(value = "make", needs = Action.ISSUE_KEY),
        @Form(value = "rotate", needs = Action.ROTATE_KEY),
        @Form(value = "revoke", needs = Action.REVOKE_KEY)
      })
  public void act() {
    switch (input.wish()) {
      case "make" -> once(this::make);
      case "rotate" -> once(this::rotate);
      case "revoke" -> {
        if (!isOwn(id())) {
          desk.require(visit.known(), Action.REVOKE_KEY_OF_ANOTHER);
        }
        if (!keys.revoke(visit.actor(), visit.ofTenant().id(), id())) {
          throw new PageNotFoundException();
        }
        FormResponse.done(PortalPage.KEYS, "revoked");
      }
      default -> {}
    }
  }

  private boolean isOwn(UUID key) {
    return keys.find(visit.ofTenant().id(), key)
        .filter(one -> one.isIssuedBy(visit.person().accountId()))
        .isPresent();
  }

  private void once(Runnable action) {
    if (input.id("once").map(tokens::isFirst).orElse(false)) {
      action.run();
    } else {
      faults.whole("This form was sent before; see below whether the key is there");
    }
  }

  private void make() {
    Optional<List<Cidr>> ranges = ranges();
    int days = input.number("days").orElse(0);
    if (days < 1) {
      faults.of("days", "it is a whole number of days");
    }
    if (ranges.isEmpty() || days < 1) {
      return;
    }
    settle(
        keys.issue(
            visit.actor(),
            new NewKey(
                visit.ofTenant().id(),
                input.get("name"),
                input.get("kind").equals("test") ? KeyKind.TEST : KeyKind.LIVE,
                scopes(),
                Optional.of(clock.instant().plus(Duration.ofDays(days))),
                ranges.get())));
  }

  private void rotate() {
    rotated = true;
    settle(
        keys.rotate(visit.actor(), visit.ofTenant().id(), id(), OVERLAP)
            .orElseThrow(PageNotFoundException::new));
  }

  private void settle(IssueOutcome outcome) {
    switch (outcome) {
      case IssueOutcome.Issued(String secret, ApiKey key) -> {
        text = secret;
        made = key.name();
      }
      case IssueOutcome.TooManyKeys(int limit) ->
          faults.whole(
              "Your plan has %d live keys; withdraw one that is not used".formatted(limit));
      case IssueOutcome.Refused(String field, String _) when field.equals("scopes") ->
          faults.of(
              field,
              scopes().isEmpty()
                  ? "choose at least one"
                  : "a test key may read measurements and usage, and no more");
      case IssueOutcome.Refused(String field, String reason) ->
          faults.of(FIELDS.getOrDefault(field, field), reason);
    }
  }

  /** Those that are good, the newest first. */
  @Once
  public PagedList<Row> live() {
    return listing(rows().stream().filter(Row::live).toList(), "page");
  }

  /** Those that were withdrawn or expired, the newest first. */
  @Once
  public PagedList<Row> ended() {
    return listing(rows().stream().filter(row -> !row.live()).toList(), "ended");
  }

  /** How many are good. */
  public long liveCount() {
    return rows().stream().filter(Row::live).count();
  }

  public long endedCount() {
    return rows().size() - liveCount();
  }

  /** Whether the pages of those that ended are turned. */
  public boolean isEndedOpen() {
    return input.has("ended");
  }

  private PagedList<Row> listing(List<Row> all, String name) {
    return PagedList.numbered(
        all, PER_PAGE, PageAddress.to(PortalPage.KEYS.address()), name, input);
  }

  /** Forms may have changed them, so they are read after that. */
  private List<Row> rows() {
    if (rows == null) {
      Instant now = clock.instant();
      rows = keys.list(visit.ofTenant().id()).stream().map(owned -> row(owned, now)).toList();
    }
    return rows;
  }

  /** What keys may do; a form that is sent back keeps what was chosen in it, and nothing more. */
  @Once
  public List<Scope> scopeChoices() {
    List<String> chosen =
        input.wish().equals("make")
            ? input.all("scopes")
            : List.of(Permission.READ_MEASUREMENTS.name());
    return TITLES.entrySet().stream()
        .map(
            one ->
                new Scope(
                    one.getKey().name(), one.getValue(), chosen.contains(one.getKey().name())))
        .toList();
  }

  /** After how many days a key ends unless another number is typed. */
  public String days() {
    return input.wish().equals("make") ? input.get("days") : Integer.toString(STANDARD_DAYS);
  }

  /** A new key's text, shown now and never again; empty when none was made. */
  public String text() {
    return text;
  }

  public String made() {
    return made;
  }

  /** Whether the new key stands in for one that is good for some hours yet. */
  public boolean isRotated() {
    return rotated;
  }

  /** For how many hours. */
  public long overlapHours() {
    return OVERLAP.toHours();
  }

  private static Row row(OwnedKey owned, Instant now) {
    ApiKey key = owned.key();
    return new Row(
        key.id(),
        key.name(),
        key.prefix() + "…" + key.last4(),
        DisplayFormat.word(key.kind()),
        key.scopes().stream().map(DisplayFormat::word).sorted().collect(Collectors.joining(", ")),
        key.allowedFrom().isEmpty()
            ? "everywhere"
            : key.allowedFrom().stream().map(String::valueOf).collect(Collectors.joining(", ")),
        key.expiresAt(),
        owned.lastUse(),
        key.isLive(now),
        key.revokedAt().isPresent() ? "Withdrawn" : key.isLive(now) ? "Good" : "Expired");
  }

  private static Map<Permission, String> titles() {
    Map<Permission, String> titles = new EnumMap<>(Permission.class);
    titles.put(Permission.READ_MEASUREMENTS, "Read measurements");
    titles.put(Permission.ORDER_EXPORTS, "Order exports");
    titles.put(Permission.MANAGE_TARGETS, "Manage targets and lists");
    titles.put(Permission.READ_USAGE, "Read usage");
    return titles;
  }

  private Set<Permission> scopes() {
    EnumSet<Permission> scopes = EnumSet.noneOf(Permission.class);
    TITLES.keySet().stream()
        .filter(one -> input.all("scopes").contains(one.name()))
        .forEach(scopes::add);
    return scopes;
  }

  private Optional<List<Cidr>> ranges() {
    List<Cidr> ranges = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String each : Arrays.asList(input.get("from").split("[\\s,]+", -1))) {
      if (!each.isEmpty()) {
        try {
          ranges.add(Cidr.parse(each));
        } catch (IllegalArgumentException e) {
          wrong.add("“" + each + "”");
        }
      }
    }
    if (wrong.isEmpty()) {
      return Optional.of(ranges);
    }
    faults.of(
        "from",
        String.join(", ", wrong)
            + (wrong.size() == 1 ? " is no network" : " are no networks")
            + " such as 192.0.2.0/24");
    return Optional.empty();
  }

  private UUID id() {
    return input.id("id").orElseThrow(PageNotFoundException::new);
  }
}
