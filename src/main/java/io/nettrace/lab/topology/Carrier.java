package io.nettrace.lab.topology;

import io.nettrace.lab.scenario.AddressBlock;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.RateLimit;
import io.nettrace.metric.MplsLabel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A fictional carrier: an autonomous system with routers in every city, each city's in an address
 * block of its own. Two routers are passed in a city, at some of them two or three abreast.
 */
final class Carrier {
  private static final double SILENT_RATIO = 0.05;
  private static final double LIMITED_RATIO = 0.10;
  private static final double BALANCED_RATIO = 0.22;
  private static final int LABEL_QUOTE_BYTES = 128;

  private final String name;
  private final long asn;
  private final boolean mpls;
  private final double detour;
  private final Map<String, List<List<String>>> cities = new HashMap<>();
  private final List<LabRouter> routers;
  private final List<AddressBlock> networks;
  private final AddressPlan plan;

  Carrier(
      String name,
      long asn,
      boolean mpls,
      double detour,
      List<LabRouter> routers,
      List<AddressBlock> networks,
      AddressPlan plan) {
    this.name = name;
    this.asn = asn;
    this.mpls = mpls;
    this.detour = detour;
    this.routers = routers;
    this.networks = networks;
    this.plan = plan;
  }

  /** How much longer than the great circle its fibre between two cities is. */
  double detour(City a, City b) {
    SplittableRandom random =
        random(a.code().compareTo(b.code()) < 0 ? a.code() + b.code() : b.code() + a.code());
    return detour + random.nextDouble(0.25);
  }

  /** The routers passed in a city, in order; several in one place share the load. */
  List<List<String>> hops(City city) {
    return cities.computeIfAbsent(city.code(), _ -> build(city));
  }

  private List<List<String>> build(City city) {
    SplittableRandom random = random(city.code());
    networks.add(new AddressBlock(plan.nextBlock(), asn, domain(), city.place()));
    List<List<String>> hops = new ArrayList<>();
    int wide = random.nextDouble() < BALANCED_RATIO ? random.nextInt(2, 4) : 1;
    hops.add(List.of(add(city, "1", random)));
    List<String> abreast = new ArrayList<>();
    for (char branch = 'a'; branch < 'a' + wide; branch++) {
      abreast.add(add(city, wide == 1 ? "2" : "2" + branch, random));
    }
    hops.add(abreast);
    return hops;
  }

  private String domain() {
    return "example-" + name + ".net";
  }

  private String add(City city, String position, SplittableRandom random) {
    String id = name + "." + city.code() + "." + position;
    String fullName =
        "ae-%d.r%02d.%s%02d.%s.bb.%s"
            .formatted(
                random.nextInt(1, 40),
                random.nextInt(1, 30),
                city.code(),
                random.nextInt(1, 9),
                city.country(),
                domain());
    boolean silent = random.nextDouble() < SILENT_RATIO;
    boolean limited = random.nextDouble() < LIMITED_RATIO;
    RateLimit limit = new RateLimit(random.nextInt(20, 51), 20);
    List<MplsLabel> labels =
        mpls && random.nextBoolean()
            ? List.of(new MplsLabel(random.nextInt(24_000, 25_000), 0, true, 1))
            : List.of();
    routers.add(
        new LabRouter(
            id,
            fullName,
            plan.next(),
            silent,
            Optional.of(limit).filter(_ -> limited),
            labels.isEmpty() ? LabRouter.QUOTE_BYTES : LABEL_QUOTE_BYTES,
            labels,
            Atlas.round(random.nextDouble(0.005, 0.06)),
            0));
    return id;
  }

  private SplittableRandom random(String what) {
    return new SplittableRandom((name + what).hashCode());
  }
}
