package io.nettrace.lab.engine;

import io.nettrace.lab.scenario.LabAnswers;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabRoute;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Programme;
import io.nettrace.lab.scenario.RateLimit;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.scenario.Vantage;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A small internet for tests: {@code gw}, then a balancer {@code b1a|b1b}, {@code b2a|b2b}, then
 * {@code mute} (silent), {@code shy} (one answer, then one a second), and behind them {@code
 * host.test} at 5 hops more. {@code deaf.test} answers nothing but TCP port 443.
 */
final class ScenarioKit {
  static final String VANTAGE = "198.18.0.1";
  static final String HOST = "198.19.0.1";
  static final String HOST_SECOND = "198.19.0.2";
  static final String HOST_6 = "2001:db8:1001::1";
  static final String DEAF = "198.19.0.3";
  static final String NAMESERVER = "198.18.0.53";

  private ScenarioKit() {}

  static Scenario scenario() {
    return new Scenario(
        "kit",
        7,
        new Vantage(
            "lab-test", "here", literals(VANTAGE, "2001:db8::1"), literals(NAMESERVER), 0.2),
        List.of(),
        routers(),
        List.of(host(), deaf()),
        Programme.NOTHING);
  }

  private static List<LabRouter> routers() {
    List<LabRouter> routers = new ArrayList<>();
    int number = 1;
    for (String id : List.of("gw", "b1a", "b1b", "b2a", "b2b", "far", "other1", "other2")) {
      routers.add(LabRouter.plain(id, id + ".test", pair(number++)));
    }
    routers.add(router("mute", pair(20), true, Optional.empty()));
    routers.add(router("shy", pair(21), false, Optional.of(new RateLimit(1, 1))));
    return routers;
  }

  private static LabDestination host() {
    LabRoute route =
        new LabRoute(
            List.of(
                LabRouteStep.of("gw", 1),
                new LabRouteStep(List.of("b1a", "b1b"), 2, LabRouteStep.Balance.FLOW),
                new LabRouteStep(List.of("b2a", "b2b"), 3, LabRouteStep.Balance.FLOW),
                LabRouteStep.of("mute", 4),
                LabRouteStep.of("shy", 5),
                LabRouteStep.of("far", 6)),
            7);
    LabRoute other =
        new LabRoute(
            List.of(
                LabRouteStep.of("gw", 1),
                LabRouteStep.of("other1", 10),
                LabRouteStep.of("other2", 20)),
            30);
    return new LabDestination(
        "host.test",
        "here",
        literals(HOST, HOST_SECOND, HOST_6),
        literals(HOST, HOST_6),
        60,
        LabAnswers.ALL,
        route,
        Map.of("other", other));
  }

  private static LabDestination deaf() {
    LabRoute route =
        new LabRoute(
            List.of(
                LabRouteStep.of("gw", 1),
                new LabRouteStep(List.of("b1a", "b1b"), 2, LabRouteStep.Balance.PACKET)),
            3);
    return new LabDestination(
        "deaf.test",
        "here",
        literals(DEAF),
        literals(DEAF),
        30,
        new LabAnswers(false, false, Set.of(443), false),
        route,
        Map.of());
  }

  private static LabRouter router(
      String id, List<InetAddress> addresses, boolean silent, Optional<RateLimit> limit) {
    return new LabRouter(
        id, id + ".test", addresses, silent, limit, LabRouter.QUOTE_BYTES, List.of(), 0, 0);
  }

  private static List<InetAddress> pair(int number) {
    return literals("198.18.1." + number, "2001:db8:1::" + number);
  }

  static List<InetAddress> literals(String... addresses) {
    return Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
  }
}
