package io.nettrace.edge.portal;

import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** How figures, times and plans are written everywhere in the portal. */
@Service
@Named("format")
public class DisplayFormat {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("dd MMM uuuu, HH:mm:ss 'UTC'", Locale.UK)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd MMM uuuu", Locale.UK).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int BYTES_PER_KILO = 1000;
  private static final List<String> BYTE_UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");

  /** Stands where there is no figure. */
  public static final String NOTHING = "–";

  /** Upper ends of the steps of the colour scale, in milliseconds. */
  private static final int[] STEPS = {5, 10, 20, 40, 80, 120, 180, 250};

  private final Plans plans;
  private final PublicAddress root;
  private final Clock clock;

  @Inject
  DisplayFormat(Plans plans, PublicAddress root, Clock clock) {
    this.plans = plans;
    this.root = root;
    this.clock = clock;
  }

  /** A delay in milliseconds with three or four significant digits, without the unit. */
  public static String millis(long nanos) {
    double millis = nanos / NANOS_PER_MILLI;
    String pattern = millis < 10 ? "%.2f" : millis < 1000 ? "%.1f" : "%.0f";
    return pattern.formatted(millis);
  }

  /** The same; a dash when there is none. */
  public static String millis(OptionalLong nanos) {
    return nanos.isPresent() ? millis(nanos.getAsLong()) : NOTHING;
  }

  /** A change of a delay in milliseconds, with its sign. */
  public static String difference(long nanos) {
    return (nanos < 0 ? "−" : "+") + millis(Math.abs(nanos));
  }

  /** The class of the style sheet that colours a delay. */
  public static String scale(long nanos) {
    int step = 0;
    while (step < STEPS.length && nanos >= STEPS[step] * NANOS_PER_MILLI) {
      step++;
    }
    return "d" + step;
  }

  /** The same; no class when there is no delay. */
  public static String scale(OptionalLong nanos) {
    return nanos.isPresent() ? scale(nanos.getAsLong()) : "";
  }

  /** A ratio in percent, without the sign; what is not nothing never reads as nothing. */
  public static String percent(double ratio) {
    double percent = ratio * 100;
    if (percent == 0) {
      return "0";
    }
    return percent < 0.1
        ? "<0.1"
        : percent < 10 ? "%.1f".formatted(percent) : "%.0f".formatted(percent);
  }

  /** A moment, in UTC and saying so. */
  public String moment(Instant instant) {
    return MOMENT.format(instant);
  }

  /** A minute of a day that is known, of UTC, with its zone. */
  public static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  /** A day of UTC. */
  public String day(Instant instant) {
    return DAY.format(instant);
  }

  /** For fields of forms: date and time of UTC, as fine as {@code unit}. */
  public static String field(Instant instant, ChronoUnit unit) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDateTime().truncatedTo(unit).toString();
  }

  /** How long ago or how long, in its two largest units. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return units(seconds / 60, "min", seconds % 60, "s");
    }
    return seconds < 2 * 86_400
        ? units(seconds / 3600, "h", seconds % 3600 / 60, "min")
        : units(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  /** How long ago it is, in its largest unit. */
  public String ago(Instant instant) {
    return ago(instant, clock.instant());
  }

  /** When a figure was of now and how long ago that is; the day only of another one. */
  public String asOf(Instant instant) {
    return asOf(instant, clock.instant());
  }

  /** By the server's clock, for pages that let ages grow. */
  public Instant now() {
    return clock.instant();
  }

  static String ago(Instant instant, Instant now) {
    long seconds = Math.max(0, Duration.between(instant, now).toSeconds());
    if (seconds < 60) {
      return seconds + " s ago";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min ago";
    }
    return seconds < 86_400 ? seconds / 3600 + " h ago" : seconds / 86_400 + " d ago";
  }

  static String asOf(Instant instant, Instant now) {
    boolean isFar = Duration.between(instant, now).compareTo(Duration.ofDays(1)) >= 0;
    return "as of %s, %s".formatted((isFar ? MOMENT : TIME).format(instant), ago(instant, now));
  }

  private static String units(long many, String unit, long rest, String smaller) {
    return many + " " + unit + (rest == 0 ? "" : " " + rest + " " + smaller);
  }

  /** A constant's name as people read it: {@code PAST_DUE} is "past due". */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** With a capital at its beginning. */
  public static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** A command that reads the same from the API; {@code path} follows {@code /api/v1/}. */
  public String curl(String path) {
    return "curl -H \"X-API-Key: $NETTRACE_KEY\" '"
        + root.link("/api/v1/" + path.replace("'", "%27"))
        + "'";
  }

  /** A command that sends {@code json} to the API; {@code path} follows {@code /api/v1/}. */
  public String curl(String path, String json) {
    return curl(path)
        + " -H 'Content-Type: application/json' -d '"
        + json.replace("'", "'\\''")
        + "'";
  }

  /** So many bytes, in the unit that leaves up to three digits before the point. */
  public static String bytes(long bytes) {
    if (bytes < BYTES_PER_KILO) {
      return bytes + " B";
    }
    double many = bytes;
    int unit = -1;
    while (many >= BYTES_PER_KILO - 0.5) {
      many /= BYTES_PER_KILO;
      unit++;
    }
    return (many < 9.95 ? "%.1f %s" : "%.0f %s").formatted(many, BYTE_UNITS.get(unit));
  }

  /** A number with its thousands apart. */
  public String count(long number) {
    return "%,d".formatted(number);
  }

  /** Where people reach this installation. */
  public String root() {
    return root.link("");
  }

  /** The title of the smallest plan that has this entitlement. */
  public String planWith(String entitlement) {
    return plans.cheapestWith(Entitlement.valueOf(entitlement)).map(Plan::title).orElse("");
  }

  /** What the entitlement is. */
  public String words(String entitlement) {
    return Entitlement.valueOf(entitlement).words();
  }
}
