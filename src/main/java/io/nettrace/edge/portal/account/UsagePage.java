package io.nettrace.edge.portal.account;

import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.ScriptJson;
import io.nettrace.edge.portal.Visit;
import io.nettrace.plan.QuotaState;
import io.nettrace.plan.Quotas;
import io.nettrace.plan.Usage;
import io.nettrace.plan.UsageDay;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tenant used: the number of the ledger, of the headers, and of the invoice. */
@Page
public class UsagePage {
  private static final int DAYS = 30;

  /** Few enough to stand upright beside each other. */
  private static final Map<String, Integer> DATES = Map.of("maxRotation", 0, "maxTicksLimit", 6);

  private static final Duration TOO_SOON = Duration.ofMinutes(30);

  @Inject Usage usage;
  @Inject Quotas quotas;
  @Inject Visit visit;
  @Inject Clock clock;

  private @Nullable List<UsageDay> days;

  /** Thirty days, today last, those without a call included. */
  public List<UsageDay> days() {
    if (days == null) {
      LocalDate today = today();
      Map<LocalDate, UsageDay> known = new HashMap<>();
      usage
          .days(visit.ofTenant().id(), today.minusDays(DAYS - 1L), today)
          .forEach(day -> known.put(day.day(), day));
      List<UsageDay> all = new ArrayList<>();
      for (int i = DAYS - 1; i >= 0; i--) {
        LocalDate day = today.minusDays(i);
        all.add(known.getOrDefault(day, new UsageDay(day, 0, 0)));
      }
      days = all;
    }
    return days;
  }

  /** Whether there was no call in all of these days. */
  public boolean isUnused() {
    return days().stream().allMatch(day -> day.used() == 0 && day.refused() == 0);
  }

  public long used() {
    return days().getLast().used();
  }

  public long refused() {
    return days().getLast().refused();
  }

  public long limit() {
    return state().limit();
  }

  public boolean isUnlimited() {
    return state().unlimited();
  }

  /** Part of the day's calls that is used, in percent, at most 100. */
  public int share() {
    return limit() == 0 ? 100 : (int) Math.min(100, used() * 100 / limit());
  }

  public Instant resetsAt() {
    return today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** What the day comes to if it goes on like this; said only when enough of it is over. */
  public String forecast() {
    Instant midnight = today().atStartOfDay(ZoneOffset.UTC).toInstant();
    Duration passed = Duration.between(midnight, clock.instant());
    if (used() == 0 || passed.compareTo(TOO_SOON) < 0) {
      return "";
    }
    long expected = Math.round(used() * (double) Duration.ofDays(1).toMillis() / passed.toMillis());
    String words = "At this pace about %,d calls by midnight UTC".formatted(expected);
    return isUnlimited() || expected <= limit()
        ? words + "."
        : words + ", more than the plan has: the calls end before the day does.";
  }

  /** The days as Chart.js draws them; its colours are those of the page's script. */
  public String chart() {
    Map<String, Object> data =
        Map.of(
            "labels",
            days().stream().map(day -> day.day().toString()).toList(),
            "datasets",
            List.of(
                Map.of("label", "Answered", "data", days().stream().map(UsageDay::used).toList()),
                Map.of(
                    "label",
                    "Turned away",
                    "data",
                    days().stream().map(UsageDay::refused).toList())));
    return ScriptJson.of(
        Map.of(
            "type",
            "bar",
            "data",
            data,
            "options",
            Map.of(
                "maintainAspectRatio",
                false,
                "animation",
                false,
                "plugins",
                Map.of("legend", Map.of("display", false)),
                "scales",
                Map.of(
                    "x",
                    Map.of("stacked", true, "ticks", DATES),
                    "y",
                    Map.of("stacked", true, "beginAtZero", true, "suggestedMax", 10)))));
  }

  private QuotaState state() {
    return quotas.state(visit.ofTenant().id());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
