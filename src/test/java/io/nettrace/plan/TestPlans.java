package io.nettrace.plan;

import java.nio.charset.StandardCharsets;

/** Plans whose bursts do not stand in the way of tests of daily quotas, and one that does. */
final class TestPlans {
  static final Plans PLANS =
      new Plans(
          "test.json",
          """
          {"plans": [%s, %s, %s]}
          """
              .formatted(
                  plan("small", 100, false),
                  plan("large", 10_000, false),
                  plan("open", 20_000, true))
              .getBytes(StandardCharsets.UTF_8));

  private TestPlans() {}

  static Plan plan(String name) {
    return PLANS.byName(name).orElseThrow();
  }

  private static String plan(String name, int callsPerDay, boolean unlimited) {
    return """
    {"name": "%s", "title": "A plan", "cents_per_month": 0, "calls_per_day": %d,
     "unlimited": %s, "requests_per_second": 1000000, "burst": 1000000,
     "concurrent_requests": 1000, "history": "24h", "adds": [], "custom_targets": 0,
     "fastest_interval_seconds": 60, "packets_per_minute": 0, "keys": 1, "members": 1}
    """
        .formatted(name, callsPerDay, unlimited);
  }
}
