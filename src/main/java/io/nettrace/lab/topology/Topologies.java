package io.nettrace.lab.topology;

import io.nettrace.lab.scenario.AddressBlock;
import io.nettrace.lab.scenario.LabAnswers;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabRoute;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Programme;
import io.nettrace.lab.scenario.RateLimit;
import io.nettrace.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Random internets for tests and benchmarks, the same for the same seed: destinations 9–22 hops and
 * 1.4–250 ms away, behind one gateway, one border router, a few carriers and a hub for every six of
 * them. About one destination in five is load-balanced per flow, one router in twenty-five silent.
 * Every destination has an {@link #ALTERNATE} route that differs in at least two hops, for half of
 * them in its length too.
 */
public final class Topologies {
  /** Name of each destination's other route. */
  public static final String ALTERNATE = "alternate";

  private static final int DISTANCE_MIN = 9;
  private static final int DISTANCE_MAX = 22;
  private static final double DISTANCE_SKEW = 1.25;
  private static final double RTT_MIN_MILLIS = 1.43;
  private static final double RTT_MAX_MILLIS = 250.25;
  private static final int CARRIERS = 4;
  private static final int TARGETS_PER_HUB = 6;
  private static final int HUB_STEPS_MAX = 4;
  private static final double SILENT_RATIO = 0.04;
  private static final double BALANCED_RATIO = 0.22;
  private static final double LIMITED_RATIO = 0.10;
  private static final RateLimit BORDER_LIMIT = new RateLimit(100, 50);

  private final SplittableRandom random;
  private final Profile profile;
  private final AddressPlan routerPlan = new AddressPlan(AddressPlan.ROUTERS);
  private final AddressPlan destinationPlan = new AddressPlan(AddressPlan.DESTINATIONS);
  private final List<LabRouter> routers = new ArrayList<>();
  private final List<LabDestination> destinations = new ArrayList<>();

  private Topologies(long seed, Profile profile) {
    this.random = new SplittableRandom(seed);
    this.profile = profile;
  }

  /** An internet of {@code targets} destinations, named t000.example.net onwards. */
  public static Scenario generate(long seed, Profile profile, int targets) {
    return new Topologies(seed, profile).scenario(seed, targets);
  }

  private Scenario scenario(long seed, int targets) {
    LabRouteStep gateway = LabRouteStep.of(shared("gw", Optional.empty()), 0.15);
    LabRouteStep border =
        LabRouteStep.of(
            shared("border", Optional.of(BORDER_LIMIT).filter(_ -> profile == Profile.REAL)), 0.35);
    List<List<String>> carriers = new ArrayList<>();
    for (int i = 0; i < CARRIERS; i++) {
      carriers.add(
          List.of(
              shared("carrier" + i + "-a", Optional.empty()),
              shared("carrier" + i + "-b", Optional.empty())));
    }
    double[] delays = delays(targets);
    for (int first = 0; first < targets; first += TARGETS_PER_HUB) {
      addHub(List.of(gateway, border), carriers, delays, first);
    }
    return new Scenario(
        "generated-" + profile.name().toLowerCase(Locale.ROOT) + "-" + seed,
        seed,
        AddressPlan.vantage("lab-generated", "nowhere"),
        List.of(
            new AddressBlock(List.of("198.18.0.0/16"), 64_500, "Example Carrier", "everywhere"),
            new AddressBlock(List.of("198.19.0.0/16"), 64_501, "Example Hosts", "everywhere")),
        routers,
        destinations,
        Programme.NOTHING);
  }

  /** Delays spread evenly on a logarithmic scale, both ends included, in ascending order. */
  private double[] delays(int targets) {
    double[] delays = new double[targets];
    for (int i = 0; i < targets; i++) {
      double ratio = RTT_MAX_MILLIS / RTT_MIN_MILLIS;
      delays[i] = round(RTT_MIN_MILLIS * Math.pow(ratio, random.nextDouble()));
    }
    delays[0] = RTT_MIN_MILLIS;
    delays[targets - 1] = RTT_MAX_MILLIS;
    Arrays.sort(delays);
    return delays;
  }

  private void addHub(
      List<LabRouteStep> near, List<List<String>> carriers, double[] delays, int first) {
    int carrier = random.nextInt(CARRIERS);
    double hubMillis = Math.max(0.7, delays[first] * 0.6);
    List<String> hub = new ArrayList<>();
    int steps = random.nextInt(2, HUB_STEPS_MAX + 1);
    for (int i = 0; i < steps; i++) {
      hub.add(router("hub" + first / TARGETS_PER_HUB + "-" + i));
    }
    int last = Math.min(delays.length, first + TARGETS_PER_HUB);
    for (int target = first; target < last; target++) {
      addDestination(near, carriers, carrier, hub, hubMillis, delays[target]);
    }
  }

  private void addDestination(
      List<LabRouteStep> near,
      List<List<String>> carriers,
      int carrier,
      List<String> hub,
      double hubMillis,
      double rttMillis) {
    String name = "t%03d".formatted(destinations.size());
    List<String> shared = new ArrayList<>(carriers.get(carrier));
    shared.addAll(hub);
    int distance = distance();
    int tailSteps = Math.max(1, distance - 1 - near.size() - shared.size());
    List<List<String>> tail = tail(name, tailSteps);
    LabRoute route = route(near, shared, hubMillis, tail, rttMillis);
    int other = (carrier + 1 + random.nextInt(CARRIERS - 1)) % CARRIERS;
    List<String> detour = new ArrayList<>(carriers.get(other));
    int extra = random.nextBoolean() ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < hub.size() + extra; i++) {
      detour.add(i < hub.size() - 1 ? hub.get(i) : router(name + "-alt" + i));
    }
    LabRoute alternate = route(near, detour, hubMillis * 1.1, tail, rttMillis * 1.1);
    destinations.add(destination(name, route, alternate));
  }

  private LabDestination destination(String name, LabRoute route, LabRoute alternate) {
    var addresses = destinationPlan.next();
    return new LabDestination(
        name + ".example.net",
        "nowhere",
        addresses,
        addresses,
        60,
        answers(),
        route,
        Map.of(ALTERNATE, alternate));
  }

  private LabAnswers answers() {
    double icmp = random.nextDouble();
    double udp = random.nextDouble();
    boolean resets = random.nextDouble() < 0.7;
    return profile == Profile.CLEAN
        ? LabAnswers.ALL
        : new LabAnswers(icmp >= 0.10, udp >= 0.40, Set.of(80, 443), resets);
  }

  /**
   * The destination's own last routers; a load-balanced one has two or three abreast for a while.
   */
  private List<List<String>> tail(String name, int steps) {
    boolean balanced = random.nextDouble() < BALANCED_RATIO && steps >= 2;
    int width = random.nextInt(2, 4);
    int from = balanced ? random.nextInt(0, steps - 1) : steps;
    int to = balanced ? Math.min(steps - 1, from + 1 + random.nextInt(2)) : steps;
    List<List<String>> tail = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      List<String> abreast = new ArrayList<>();
      int branches = i >= from && i < to ? width : 1;
      for (int branch = 0; branch < branches; branch++) {
        abreast.add(router(name + "-" + i + (char) ('a' + branch)));
      }
      tail.add(abreast);
    }
    return tail;
  }

  /** Lays the hops out between the near ones and the end, each a little farther than the last. */
  private LabRoute route(
      List<LabRouteStep> near,
      List<String> shared,
      double hubMillis,
      List<List<String>> tail,
      double rttMillis) {
    List<LabRouteStep> steps = new ArrayList<>(near);
    double start = near.getLast().rttMillis();
    for (int i = 0; i < shared.size(); i++) {
      double share = (i + 1.0) / shared.size();
      steps.add(LabRouteStep.of(shared.get(i), round(start + (hubMillis - start) * share * share)));
    }
    for (int i = 0; i < tail.size(); i++) {
      double share = (i + 1.0) / (tail.size() + 1);
      double millis = round(hubMillis + (rttMillis - hubMillis) * share);
      steps.add(new LabRouteStep(tail.get(i), millis, LabRouteStep.Balance.FLOW));
    }
    return new LabRoute(steps, round(rttMillis));
  }

  private String shared(String id, Optional<RateLimit> limit) {
    return add(id, false, limit);
  }

  private String router(String id) {
    boolean silent = random.nextDouble() < SILENT_RATIO;
    boolean limited = random.nextDouble() < LIMITED_RATIO;
    RateLimit limit = new RateLimit(random.nextInt(5, 21), random.nextInt(3, 11));
    return add(id, silent, Optional.of(limit).filter(_ -> limited && profile == Profile.REAL));
  }

  private String add(String id, boolean silent, Optional<RateLimit> limit) {
    boolean real = profile == Profile.REAL;
    double variationMillis = round(random.nextDouble(0.002, 0.03));
    boolean lossy = random.nextDouble() < 0.02;
    routers.add(
        new LabRouter(
            id,
            id + ".example-carrier.net",
            routerPlan.next(),
            silent,
            limit,
            LabRouter.QUOTE_BYTES,
            List.of(),
            real ? variationMillis : 0,
            real && lossy ? 0.01 : 0));
    return id;
  }

  /** Between 9 and 22, mostly 13 to 16. */
  private int distance() {
    double middle = (random.nextDouble() + random.nextDouble()) / 2;
    return DISTANCE_MIN
        + (int) (Math.pow(middle, DISTANCE_SKEW) * (DISTANCE_MAX - DISTANCE_MIN + 1));
  }

  private static double round(double millis) {
    return Math.round(millis * 1_000) / 1_000.0;
  }
}
