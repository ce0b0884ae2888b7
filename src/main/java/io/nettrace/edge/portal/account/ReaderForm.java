package io.nettrace.edge.portal.account;

import io.nettrace.edge.portal.EditConflict;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.sample.DefaultVantagePoints;
import io.nettrace.sample.Latest;
import io.nettrace.scan.VantagePoint;
import io.nettrace.tenant.AllowedOrigins;
import io.nettrace.tenant.ReaderSettings;
import io.nettrace.tenant.TenantSettings;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The form that says how readers are answered: from where, and in which browsers' pages. */
@Page
public class ReaderForm {
  static final String WISH = "readers";
  private static final String POINT = "vantage_point";
  private static final String ORIGINS = "origins";
  private static final int LONGEST_ORIGINS = 20_000;

  /** Stands for the installation's default; no vantage point is called so. */
  private static final String NONE = "-";

  @Inject TenantSettings settings;
  @Inject DefaultVantagePoints defaults;
  @Inject Latest latest;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject EditConflict conflict;

  private record Line(int number, String text) {}

  /** A vantage point to choose; a dash stands for the installation's default. */
  public record Option(String name, String title, boolean chosen) {}

  /** Keeps what is typed in; false after saying what is wrong with it. */
  boolean save() {
    ReaderSettings before = held();
    Optional<String> point = Optional.of(input.get(POINT)).filter(name -> !name.equals(NONE));
    if (!point.equals(before.vantagePoint())) {
      point.flatMap(defaults::refusal).ifPresent(reason -> faults.of(POINT, reason));
    }
    Optional<String> text = input.text(ORIGINS, LONGEST_ORIGINS);
    if (text.isEmpty()) {
      faults.of(ORIGINS, "it is longer than is taken");
      return false;
    }
    List<Line> lines = lines(text.get());
    switch (AllowedOrigins.read(lines.stream().map(Line::text).toList())) {
      case AllowedOrigins.Bad(var all) ->
          faults.of(
              ORIGINS,
              all.stream().map(fault -> words(fault, lines)).collect(Collectors.joining("; ")));
      case AllowedOrigins.Good origins -> {
        if (!faults.isAny()) {
          OptionalInt version = OptionalInt.of(conflict.sent());
          String shownBy = visit.person().email().text();
          if (settings
              .put(visit.actor(), visit.ofTenant().id(), point, origins, version, shownBy)
              .isPresent()) {
            return true;
          }
          compare(held(), point, origins.origins());
        }
      }
    }
    return false;
  }

  private void compare(ReaderSettings now, Optional<String> point, List<String> origins) {
    conflict
        .holds(
            POINT,
            now.vantagePoint().orElse("the installation's"),
            now.vantagePoint().equals(point))
        .holds(ORIGINS, String.join("\n", now.origins()), now.origins().equals(origins))
        .tell(PortalPage.SETTINGS.address() + "#readers");
  }

  /** Those that are not blank, as they are counted in the field. */
  private static List<Line> lines(String text) {
    List<String> all = text.lines().map(String::strip).toList();
    return IntStream.range(0, all.size())
        .mapToObj(i -> new Line(i + 1, all.get(i)))
        .filter(line -> !line.text().isEmpty())
        .toList();
  }

  private static String words(AllowedOrigins.Fault fault, List<Line> lines) {
    Line line = lines.get(fault.at());
    return fault.at() < AllowedOrigins.MOST
        ? "line %d, “%s”, %s".formatted(line.number(), line.text(), fault.reason())
        : "line %d: %s".formatted(line.number(), fault.reason());
  }

  /** The installation's default, then each that can be chosen, and the one that was. */
  @Once
  public List<Option> vantagePoints() {
    String chosen = isTyped() ? input.get(POINT) : held().vantagePoint().orElse(NONE);
    List<Option> options = new ArrayList<>();
    options.add(
        new Option(
            NONE,
            "The installation's"
                + defaults.ofInstallation().map(point -> " (" + point.name() + ")").orElse(""),
            chosen.equals(NONE)));
    for (VantagePoint point : defaults.choices()) {
      String title = point.simulated() ? point.name() + " (simulated)" : point.name();
      options.add(new Option(point.name(), title, point.name().equals(chosen)));
    }
    if (options.stream().noneMatch(Option::chosen)) {
      options.add(new Option(chosen, chosen + " (not measured from)", true));
    }
    return options;
  }

  /** One a line. */
  public String origins() {
    return isTyped()
        ? input.text(ORIGINS, LONGEST_ORIGINS).orElse("")
        : String.join("\n", held().origins());
  }

  /** The version that the form was made of. */
  public int version() {
    return isTyped() ? conflict.version(held().version()) : held().version();
  }

  /** Why readers see another vantage point than was set; empty while they do not. */
  public String notice() {
    return defaults.of(visit.tenant(), latest.snapshot()).notice().orElse("");
  }

  private boolean isTyped() {
    return input.wish().equals(WISH);
  }

  private ReaderSettings held() {
    return settings.of(visit.ofTenant().id());
  }
}
