package io.nettrace.edge.portal.account;

import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.Typed;
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

/** The form that says how readers are answered: from where, and in which browsers' pages. */
@Page
public class ReaderForm {
  static final String WISH = "readers";
  private static final String POINT = "vantage_point";
  private static final String ORIGINS = "origins";

  /** Stands for the installation's default; no vantage point is called so. */
  private static final String NONE = "-";

  @Inject TenantSettings settings;
  @Inject DefaultVantagePoints defaults;
  @Inject Latest latest;
  @Inject Visit visit;
  @Inject Typed typed;
  @Inject Faults faults;

  /** A vantage point to choose; a dash stands for the installation's default. */
  public record Option(String name, String title, boolean chosen) {}

  /** Keeps what is typed in; false after saying what is wrong with it. */
  boolean save() {
    ReaderSettings before = held();
    Optional<String> point = Optional.of(typed.get(POINT)).filter(name -> !name.equals(NONE));
    if (!point.equals(before.vantagePoint())) {
      point.flatMap(defaults::refusal).ifPresent(reason -> faults.of(POINT, reason));
    }
    List<String> lines =
        typed.get(ORIGINS).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    switch (AllowedOrigins.read(lines)) {
      case AllowedOrigins.Bad(var all) -> faults.of(ORIGINS, words(all.getFirst(), lines));
      case AllowedOrigins.Good origins -> {
        if (!faults.isAny()) {
          OptionalInt version =
              typed.number("version").map(OptionalInt::of).orElse(OptionalInt.of(-1));
          String by = visit.person().email().text();
          if (settings.put(visit.ofTenant().id(), point, origins, version, by).isPresent()) {
            return true;
          }
          faults.whole(
              "These settings were changed meanwhile. Load the page again, and change what it says"
                  + " then.");
        }
      }
    }
    return false;
  }

  private static String words(AllowedOrigins.Fault fault, List<String> lines) {
    return fault.at() < AllowedOrigins.MOST
        ? "“%s” %s".formatted(lines.get(fault.at()), fault.reason())
        : fault.reason();
  }

  /** The installation's default, then each that can be chosen, and the one that was. */
  @Once
  public List<Option> vantagePoints() {
    String chosen = isTyped() ? typed.get(POINT) : held().vantagePoint().orElse(NONE);
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
    return isTyped() ? typed.get(ORIGINS) : String.join("\n", held().origins());
  }

  /** The version that the form was made of. */
  public int version() {
    return isTyped() ? typed.number("version").orElse(-1) : held().version();
  }

  /** Why readers see another vantage point than was set; empty while they do not. */
  public String notice() {
    return defaults.of(visit.tenant(), latest.snapshot()).notice().orElse("");
  }

  private boolean isTyped() {
    return typed.wish().equals(WISH);
  }

  private ReaderSettings held() {
    return settings.of(visit.ofTenant().id());
  }
}
