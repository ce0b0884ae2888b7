package io.nettrace.lab.scenario;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.nettrace.metric.MplsLabel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes a scenario for people: one router, one step of a route, one event per line, defaults left
 * out.
 */
final class ScenarioWriter {
  private static final String SCHEMA = "https://nettrace.io/schema/scenario.json";
  private final StringBuilder out = new StringBuilder();

  String write(Scenario scenario) {
    out.append("{\n  \"$schema\": ").append(text(SCHEMA));
    out.append(",\n  \"name\": ").append(text(scenario.name()));
    out.append(",\n  \"seed\": ").append(scenario.seed());
    out.append(",\n  \"vantage\": ").append(vantage(scenario.vantage()));
    lines("networks", scenario.networks().stream().map(ScenarioWriter::network).toList());
    lines("routers", scenario.routers().stream().map(ScenarioWriter::router).toList());
    lines(
        "destinations", scenario.destinations().stream().map(ScenarioWriter::destination).toList());
    out.append(",\n  \"programme\": {");
    scenario.programme().repeat().ifPresent(r -> out.append("\"repeat\": \"" + r + "\", "));
    out.append("\"events\": [");
    out.append(
        scenario.programme().events().stream()
            .map(event -> "\n    " + scheduled(event))
            .collect(Collectors.joining(",")));
    return out.append("\n  ]}\n}\n").toString();
  }

  private void lines(String member, List<String> items) {
    out.append(",\n  \"").append(member).append("\": [\n    ");
    out.append(String.join(",\n    ", items)).append("\n  ]");
  }

  private static String vantage(Vantage vantage) {
    return object(
        member("name", text(vantage.name())),
        member("place", text(vantage.place())),
        member("addresses", addresses(vantage.addresses())),
        member("nameservers", addresses(vantage.nameservers())),
        member("nameserverRttMillis", number(vantage.nameserverRttMillis())));
  }

  private static String network(AddressBlock network) {
    return object(
        member("prefixes", array(network.prefixes().stream().map(ScenarioWriter::text).toList())),
        member("asn", Long.toString(network.asn())),
        member("operator", text(network.operator())),
        member("place", text(network.place())));
  }

  private static String router(LabRouter router) {
    List<String> members = new ArrayList<>();
    members.add(member("id", text(router.id())));
    members.add(member("name", text(router.name())));
    members.add(member("addresses", addresses(router.addresses())));
    if (router.silent()) {
      members.add(member("silent", "true"));
    }
    router
        .rateLimit()
        .ifPresent(
            limit ->
                members.add(
                    member(
                        "rateLimit",
                        object(
                            member("perSecond", number(limit.perSecond())),
                            member("burst", Integer.toString(limit.burst()))))));
    if (router.quoteBytes() != LabRouter.QUOTE_BYTES) {
      members.add(member("quoteBytes", Integer.toString(router.quoteBytes())));
    }
    if (!router.labels().isEmpty()) {
      members.add(
          member("labels", array(router.labels().stream().map(ScenarioWriter::label).toList())));
    }
    number("variationMillis", router.variationMillis()).ifPresent(members::add);
    number("lossRatio", router.lossRatio()).ifPresent(members::add);
    return object(members.toArray(String[]::new));
  }

  private static String label(MplsLabel label) {
    return object(
        member("label", Integer.toString(label.label())),
        member("trafficClass", Integer.toString(label.trafficClass())),
        member("ttl", Integer.toString(label.ttl())));
  }

  private static String destination(LabDestination destination) {
    StringBuilder text = new StringBuilder("{\"host\": " + text(destination.host()));
    text.append(", \"place\": ").append(text(destination.place()));
    text.append(",\n     \"addresses\": ").append(addresses(destination.addresses()));
    if (!destination.resolvesTo().equals(destination.addresses())) {
      text.append(", \"resolvesTo\": ").append(addresses(destination.resolvesTo()));
    }
    text.append(", \"dnsTtlSeconds\": ").append(destination.dnsTtlSeconds());
    text.append(",\n     \"answers\": ").append(answers(destination.answers()));
    text.append(",\n     \"route\": ").append(route(destination.route()));
    if (!destination.alternatives().isEmpty()) {
      String routes =
          new TreeMap<>(destination.alternatives())
              .entrySet().stream()
                  .map(e -> member(e.getKey(), route(e.getValue())))
                  .collect(Collectors.joining(",\n     "));
      text.append(",\n     \"alternatives\": {").append(routes).append("}");
    }
    return text.append("}").toString();
  }

  private static String answers(LabAnswers answers) {
    return object(
        member("icmp", Boolean.toString(answers.icmp())),
        member("udp", Boolean.toString(answers.udp())),
        member("openPorts", new TreeSet<>(answers.openPorts()).toString()),
        member("resets", Boolean.toString(answers.resets())));
  }

  private static String route(LabRoute route) {
    String steps =
        route.steps().stream()
            .map(step -> "\n       " + step(step))
            .collect(Collectors.joining(","));
    return object(
        member("rttMillis", number(route.rttMillis())), member("steps", "[" + steps + "]"));
  }

  private static String step(LabRouteStep step) {
    String hops = member("hops", array(step.hops().stream().map(ScenarioWriter::text).toList()));
    String millis = member("rttMillis", number(step.rttMillis()));
    return step.balance() == LabRouteStep.Balance.PACKET
        ? object(hops, millis, member("balance", text("packet")))
        : object(hops, millis);
  }

  private static String scheduled(ScheduledEvent scheduled) {
    List<String> members = new ArrayList<>();
    members.add(member("at", text(scheduled.at().toString())));
    switch (scheduled.event()) {
      case LabEvent.RouteFlip(List<String> hosts, String route) -> {
        members.add(member("kind", text("route-flip")));
        members.add(member("hosts", array(hosts.stream().map(ScenarioWriter::text).toList())));
        members.add(member("route", text(route)));
      }
      case LabEvent.DelayStep(String where, double addedMillis) -> {
        place(members, "delay-step", where);
        members.add(member("addedMillis", number(addedMillis)));
      }
      case LabEvent.Loss(String where, double lossRatio) -> {
        place(members, "loss", where);
        members.add(member("lossRatio", number(lossRatio)));
      }
      case LabEvent.Outage(String where) -> place(members, "outage", where);
      case LabEvent.Restore(String where) -> place(members, "restore", where);
      case LabEvent.AnswerChange(String host, List<InetAddress> addresses) -> {
        members.add(member("kind", text("answer-change")));
        members.add(member("host", text(host)));
        members.add(member("addresses", addresses(addresses)));
      }
    }
    scheduled.duration().ifPresent(d -> members.add(member("for", text(d.toString()))));
    return object(members.toArray(String[]::new));
  }

  private static void place(List<String> members, String kind, String where) {
    members.add(member("kind", text(kind)));
    members.add(member("where", text(where)));
  }

  private static Optional<String> number(String name, double value) {
    return value == 0 ? Optional.empty() : Optional.of(member(name, number(value)));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String addresses(Collection<InetAddress> addresses) {
    return array(addresses.stream().map(LabAddressText::of).map(ScenarioWriter::text).toList());
  }

  private static String array(List<String> items) {
    return "[" + String.join(", ", items) + "]";
  }

  private static String object(String... members) {
    return "{" + String.join(", ", members) + "}";
  }

  private static String member(String name, String value) {
    return "\"" + name + "\": " + value;
  }

  private static String text(String value) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
  }
}
