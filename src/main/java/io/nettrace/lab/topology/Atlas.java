package io.nettrace.lab.topology;

import io.nettrace.lab.scenario.AddressBlock;
import io.nettrace.lab.scenario.LabAnswers;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabRoute;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.RateLimit;
import io.nettrace.lab.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Draws the internet between Newark and the targets of a catalogue: each target in its place,
 * behind the routers of one fictional carrier on the shortest way over fibre, with another carrier
 * as the {@link #DETOUR}. Delays follow from the length of the fibre; what cannot be known is
 * chosen by the host's name, so that a change of one target leaves the others where they are.
 */
public final class Atlas {
  /** Name of each destination's other route. */
  public static final String DETOUR = "detour";

  private static final long SEED = 20_26;
  private static final long ACCESS_ASN = 64_496;
  private static final long CARRIER_ASN = 64_500;
  private static final long OPERATOR_ASN = 4_200_000_000L; // private use, RFC 6996
  private static final RateLimit EDGE_LIMIT = new RateLimit(100, 50);
  private static final double ACCESS_RTT_MILLIS = 0.4;
  private static final double CITY_RTT_MILLIS = 0.12;
  private static final double LAST_MILE_DETOUR = 1.35;

  private final LabPlaces places = LabPlaces.load();
  private final AddressPlan routerPlan = new AddressPlan(AddressPlan.ROUTERS);
  private final AddressPlan destinationPlan = new AddressPlan(AddressPlan.DESTINATIONS);
  private final List<LabRouter> routers = new ArrayList<>();
  private final List<AddressBlock> networks = new ArrayList<>();
  private final List<LabDestination> destinations = new ArrayList<>();
  private final List<LabRouteStep> access;
  private final List<Carrier> carriers;

  private Atlas() {
    this.access = access();
    this.carriers =
        List.of(
            carrier("carrier", 0, false, 1.20),
            carrier("transit", 1, true, 1.28),
            carrier("backbone", 2, false, 1.36));
  }

  /** The scenario for the targets of a catalogue such as {@code targets.json}. */
  public static Scenario draw(Path catalogue) throws IOException {
    Atlas atlas = new Atlas();
    List<Site> sites = Site.read(catalogue);
    sites.forEach(atlas::add);
    return new Scenario(
        "newark",
        SEED,
        AddressPlan.vantage("lab-ewr", atlas.places.city(LabPlaces.HOME).place()),
        atlas.networks,
        atlas.routers,
        atlas.destinations,
        Day.programme(atlas.destinations));
  }

  private Carrier carrier(String name, int index, boolean mpls, double detour) {
    return new Carrier(name, CARRIER_ASN + index, mpls, detour, routers, networks, routerPlan);
  }

  private List<LabRouteStep> access() {
    String home = places.city(LabPlaces.HOME).place();
    networks.add(new AddressBlock(routerPlan.nextBlock(), ACCESS_ASN, "example-access.net", home));
    routers.add(LabRouter.plain("gw", "gw.nwrknj01.us.example-access.net", routerPlan.next()));
    routers.add(
        new LabRouter(
            "edge",
            "ae-1.edge02.nwrknj01.us.example-access.net",
            routerPlan.next(),
            false,
            Optional.of(EDGE_LIMIT),
            LabRouter.QUOTE_BYTES,
            List.of(),
            0.01,
            0));
    return List.of(LabRouteStep.of("gw", 0.15), LabRouteStep.of("edge", ACCESS_RTT_MILLIS));
  }

  private void add(Site site) {
    SplittableRandom random = new SplittableRandom(site.host().hashCode());
    City city = places.of(site);
    long asn = OPERATOR_ASN + destinations.size();
    networks.add(new AddressBlock(destinationPlan.nextBlock(), asn, site.operator(), city.place()));
    int first = random.nextInt(carriers.size());
    int second = (first + 1 + random.nextInt(carriers.size() - 1)) % carriers.size();
    List<List<String>> own = own(site, asn, random);
    double lastMillis = Math.round(random.nextDouble(0.4, 1.6) * 1_000) / 1_000.0;
    List<InetAddress> addresses = addresses(random);
    destinations.add(
        new LabDestination(
            site.host(),
            city.place(),
            addresses,
            resolvesTo(addresses),
            random.nextBoolean() ? 60 : 30,
            answers(site, random),
            route(carriers.get(first), city, own, lastMillis),
            Map.of(DETOUR, route(carriers.get(second), city, own, lastMillis))));
  }

  /** The operator's own routers in front of the host: three to six, some of them two abreast. */
  private List<List<String>> own(Site site, long asn, SplittableRandom random) {
    List<List<String>> hops = new ArrayList<>();
    int count = random.nextInt(3, 7);
    for (int i = 0; i < count; i++) {
      int width = random.nextDouble() < 0.04 ? 2 : 1;
      List<String> abreast = new ArrayList<>();
      for (int branch = 0; branch < width; branch++) {
        String id = "%s.edge%d%s".formatted(site.host(), i + 1, branch == 0 ? "" : "b");
        addOwn(id, "edge%d.as%d.example.net".formatted(2 * i + branch + 1, asn), random);
        abreast.add(id);
      }
      hops.add(abreast);
    }
    return hops;
  }

  private void addOwn(String id, String name, SplittableRandom random) {
    boolean silent = random.nextDouble() < 0.10;
    boolean limited = random.nextDouble() < 0.10;
    RateLimit limit = new RateLimit(random.nextInt(5, 21), 10);
    routers.add(
        new LabRouter(
            id,
            name,
            destinationPlan.next(),
            silent,
            Optional.of(limit).filter(_ -> limited),
            LabRouter.QUOTE_BYTES,
            List.of(),
            round(random.nextDouble(0.01, 0.12)),
            random.nextDouble() < 0.05 ? 0.002 : 0));
  }

  /** IPv4 for all, a second address for one in four, IPv6 for two in three. */
  private List<InetAddress> addresses(SplittableRandom random) {
    List<InetAddress> pair = destinationPlan.next();
    List<InetAddress> addresses = new ArrayList<>();
    addresses.add(pair.getFirst());
    if (random.nextInt(4) == 0) {
      addresses.add(destinationPlan.next().getFirst());
    }
    if (random.nextInt(3) > 0) {
      addresses.add(pair.getLast());
    }
    return addresses;
  }

  private static List<InetAddress> resolvesTo(List<InetAddress> addresses) {
    List<InetAddress> answer = new ArrayList<>(addresses);
    if (isSecondOfItsVersion(addresses)) {
      answer.remove(1);
    }
    return answer;
  }

  private static boolean isSecondOfItsVersion(List<InetAddress> addresses) {
    return addresses.size() > 1
        && addresses.get(0).getAddress().length == addresses.get(1).getAddress().length;
  }

  /** A host answers what its catalogue prefers to measure it by; to the rest, some do. */
  private static LabAnswers answers(Site site, SplittableRandom random) {
    boolean icmp = !site.methods().getFirst().equals("tcp");
    boolean udp = site.methods().contains("udp") || random.nextDouble() < 0.4;
    TreeSet<Integer> ports = new TreeSet<>(List.of(443, site.port()));
    return new LabAnswers(icmp, udp, ports, random.nextBoolean());
  }

  private LabRoute route(Carrier carrier, City end, List<List<String>> own, double lastMillis) {
    List<LabRouteStep> steps = new ArrayList<>(access);
    double rtt = ACCESS_RTT_MILLIS;
    List<City> way = places.way(end);
    for (int i = 0; i < way.size(); i++) {
      if (i > 0) {
        rtt +=
            way.get(i - 1).fibreRttMillis(way.get(i)) * carrier.detour(way.get(i - 1), way.get(i));
      }
      for (List<String> hops : carrier.hops(way.get(i))) {
        rtt += CITY_RTT_MILLIS;
        steps.add(new LabRouteStep(hops, round(rtt), LabRouteStep.Balance.FLOW));
      }
    }
    rtt += way.getLast().fibreRttMillis(end) * LAST_MILE_DETOUR;
    for (int i = 0; i < own.size(); i++) {
      double millis = round(rtt + lastMillis * (i + 1) / (own.size() + 1));
      steps.add(new LabRouteStep(own.get(i), millis, LabRouteStep.Balance.FLOW));
    }
    return new LabRoute(steps, round(rtt + lastMillis));
  }

  static double round(double millis) {
    return Math.round(millis * 1_000) / 1_000.0;
  }
}
