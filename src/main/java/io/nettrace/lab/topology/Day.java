package io.nettrace.lab.topology;

import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.LabEvent.AnswerChange;
import io.nettrace.lab.scenario.LabEvent.DelayStep;
import io.nettrace.lab.scenario.LabEvent.Loss;
import io.nettrace.lab.scenario.LabEvent.Outage;
import io.nettrace.lab.scenario.LabEvent.RouteFlip;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.Programme;
import io.nettrace.lab.scenario.ScheduledEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events of a day on the internet, compressed into half an hour that repeats: the first of them
 * after a minute and a half, then one every two minutes or so, each over before the end.
 */
final class Day {
  private static final Duration REPEAT = Duration.ofMinutes(30);

  private final List<LabDestination> destinations;
  private final List<ScheduledEvent> events = new ArrayList<>();

  private Day(List<LabDestination> destinations) {
    this.destinations = destinations;
  }

  static Programme programme(List<LabDestination> destinations) {
    Day day = new Day(destinations);
    day.write();
    return new Programme(day.events, Optional.of(REPEAT));
  }

  private void write() {
    String tokyo = in("Tokyo", 0);
    String london = in("London", 0);
    at("PT1M30S", "PT4M", flip(List.of(tokyo)));
    at("PT3M", "PT3M", new DelayStep(london, 18));
    at("PT4M30S", "PT3M", new Loss(lastCarrierHop(in("Chicago, IL", 0)), 0.12));
    secondAddress(0).ifPresent(change -> at("PT6M", "PT6M", change));
    at("PT7M30S", "PT2M", new Outage(in("Singapore", 0)));
    at("PT10M", "PT5M", flip(all("London", "Frankfurt am Main", "Dublin", "Amsterdam")));
    at("PT12M", "PT2M", new DelayStep(in("Hong Kong", 0), 40));
    at("PT14M", "PT3M", new DelayStep(lastCarrierHop(in("Ashburn, VA", 0)), 9));
    at("PT16M", "PT4M", new Loss(in("Frankfurt am Main", 0), 0.03));
    at("PT17M", "PT1M30S", new Outage(lastCarrierHop(in("San Jose, CA", 0))));
    at("PT19M", "PT3M", flip(List.of(in("Ashburn, VA", 1))));
    for (String flap : List.of("PT21M", "PT22M", "PT23M")) {
      at(flap, "PT30S", flip(List.of(in("Tokyo", 1))));
    }
    at("PT24M30S", "PT2M", new DelayStep(in("New York, NY", 0), 6));
    at("PT26M", "PT45S", new Outage(in("Newark, NJ", 0)));
    secondAddress(1).ifPresent(change -> at("PT27M", "PT2M", change));
  }

  private void at(String time, String duration, LabEvent event) {
    events.add(
        new ScheduledEvent(Duration.parse(time), event, Optional.of(Duration.parse(duration))));
  }

  private static LabEvent flip(List<String> hosts) {
    return new RouteFlip(hosts, Atlas.DETOUR);
  }

  /** The {@code index}-th destination in a place; any other when there are fewer. */
  private String in(String place, int index) {
    return pick(d -> d.place().equals(place), index)
        .orElseGet(() -> destinations.get(index % destinations.size()))
        .host();
  }

  private Optional<LabDestination> pick(Predicate<LabDestination> wanted, int index) {
    return destinations.stream().filter(wanted).skip(index).findFirst();
  }

  private List<String> all(String... places) {
    List<String> hosts =
        destinations.stream()
            .filter(d -> List.of(places).contains(d.place()))
            .map(LabDestination::host)
            .toList();
    return hosts.isEmpty() ? List.of(destinations.getFirst().host()) : hosts;
  }

  private String lastCarrierHop(String host) {
    LabDestination destination = pick(d -> d.host().equals(host), 0).orElseThrow();
    List<String> hops =
        destination.route().steps().stream()
            .map(LabRouteStep::hops)
            .filter(abreast -> !abreast.getFirst().contains(".edge"))
            .toList()
            .getLast();
    return hops.getFirst();
  }

  private Optional<LabEvent> secondAddress(int index) {
    return pick(d -> d.addresses().size() > d.resolvesTo().size(), index)
        .map(
            d -> {
              List<InetAddress> answer = new ArrayList<>(d.addresses());
              answer.removeAll(d.resolvesTo().subList(0, 1));
              return new AnswerChange(d.host(), answer);
            });
  }
}
