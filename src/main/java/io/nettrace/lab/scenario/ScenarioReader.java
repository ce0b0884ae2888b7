package io.nettrace.lab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.metric.MplsLabel;
import java.net.InetAddress;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Turns a document that the schema has accepted into records. Members that may be missing get their
 * defaults here.
 */
final class ScenarioReader {
  private static final int DNS_TTL_SECONDS = 60;
  private static final double NAMESERVER_RTT_MILLIS = 0.2;

  private final ScenarioProblems problems;

  ScenarioReader(ScenarioProblems problems) {
    this.problems = problems;
  }

  Scenario scenario(JsonNode document) {
    return new Scenario(
        document.path("name").asText(),
        document.path("seed").asLong(1),
        vantage(document.path("vantage"), "/vantage"),
        each(document, "networks", "", this::network),
        each(document, "routers", "", this::router),
        each(document, "destinations", "", this::destination),
        programme(document.path("programme")));
  }

  private Vantage vantage(JsonNode node, String pointer) {
    return new Vantage(
        node.path("name").asText(),
        node.path("place").asText(),
        addresses(node, "addresses", pointer),
        addresses(node, "nameservers", pointer),
        node.path("nameserverRttMillis").asDouble(NAMESERVER_RTT_MILLIS));
  }

  private AddressBlock network(JsonNode node, String pointer) {
    return new AddressBlock(
        texts(node.path("prefixes")),
        node.path("asn").asLong(),
        node.path("operator").asText(),
        node.path("place").asText());
  }

  private LabRouter router(JsonNode node, String pointer) {
    JsonNode limit = node.path("rateLimit");
    return new LabRouter(
        node.path("id").asText(),
        node.path("name").asText(),
        addresses(node, "addresses", pointer),
        node.path("silent").asBoolean(),
        limit.isMissingNode()
            ? Optional.empty()
            : Optional.of(
                new RateLimit(limit.path("perSecond").asDouble(), limit.path("burst").asInt())),
        node.path("quoteBytes").asInt(LabRouter.QUOTE_BYTES),
        labels(node.path("labels")),
        node.path("variationMillis").asDouble(),
        node.path("lossRatio").asDouble());
  }

  private static List<MplsLabel> labels(JsonNode stack) {
    List<MplsLabel> labels = new ArrayList<>();
    for (JsonNode entry : stack) {
      labels.add(
          new MplsLabel(
              entry.path("label").asInt(),
              entry.path("trafficClass").asInt(),
              labels.size() == stack.size() - 1,
              entry.path("ttl").asInt(1)));
    }
    return labels;
  }

  private LabDestination destination(JsonNode node, String pointer) {
    List<InetAddress> addresses = addresses(node, "addresses", pointer);
    List<InetAddress> resolvesTo =
        node.has("resolvesTo") ? addresses(node, "resolvesTo", pointer) : addresses;
    return new LabDestination(
        node.path("host").asText(),
        node.path("place").asText(),
        addresses,
        resolvesTo,
        node.path("dnsTtlSeconds").asInt(DNS_TTL_SECONDS),
        node.has("answers") ? answers(node.path("answers")) : LabAnswers.ALL,
        route(node.path("route"), pointer + "/route"),
        alternatives(node.path("alternatives"), pointer + "/alternatives"));
  }

  private static LabAnswers answers(JsonNode node) {
    Set<Integer> ports = new HashSet<>();
    node.path("openPorts").forEach(port -> ports.add(port.asInt()));
    return new LabAnswers(
        node.path("icmp").asBoolean(),
        node.path("udp").asBoolean(),
        ports,
        node.path("resets").asBoolean());
  }

  private Map<String, LabRoute> alternatives(JsonNode node, String pointer) {
    Map<String, LabRoute> routes = new HashMap<>();
    node.properties()
        .forEach(e -> routes.put(e.getKey(), route(e.getValue(), pointer + "/" + e.getKey())));
    return routes;
  }

  private LabRoute route(JsonNode node, String pointer) {
    return new LabRoute(
        each(node, "steps", pointer, this::step), node.path("rttMillis").asDouble());
  }

  private LabRouteStep step(JsonNode node, String pointer) {
    boolean perPacket = node.path("balance").asText().equals("packet");
    return new LabRouteStep(
        texts(node.path("hops")),
        node.path("rttMillis").asDouble(),
        perPacket ? LabRouteStep.Balance.PACKET : LabRouteStep.Balance.FLOW);
  }

  private Programme programme(JsonNode node) {
    return new Programme(
        each(node, "events", "/programme", this::scheduled),
        duration(node, "repeat", "/programme"));
  }

  private ScheduledEvent scheduled(JsonNode node, String pointer) {
    return new ScheduledEvent(
        duration(node, "at", pointer).orElse(Duration.ZERO),
        event(node, pointer),
        duration(node, "for", pointer));
  }

  private LabEvent event(JsonNode node, String pointer) {
    String where = node.path("where").asText();
    String kind = node.path("kind").asText();
    return switch (kind) {
      case "route-flip" ->
          new LabEvent.RouteFlip(texts(node.path("hosts")), node.path("route").asText());
      case "delay-step" -> new LabEvent.DelayStep(where, node.path("addedMillis").asDouble());
      case "loss" -> new LabEvent.Loss(where, node.path("lossRatio").asDouble());
      case "outage" -> new LabEvent.Outage(where);
      case "answer-change" ->
          new LabEvent.AnswerChange(
              node.path("host").asText(), addresses(node, "addresses", pointer));
      case "restore" -> new LabEvent.Restore(where);
      default ->
          throw new IllegalStateException("the schema lets no event of kind " + kind + " pass");
    };
  }

  private List<InetAddress> addresses(JsonNode node, String member, String pointer) {
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i < node.path(member).size(); i++) {
      String literal = node.path(member).get(i).asText();
      try {
        addresses.add(InetAddress.ofLiteral(literal));
      } catch (IllegalArgumentException _) {
        problems.add(pointer + "/" + member + "/" + i, literal + " is not an IP address");
      }
    }
    return addresses;
  }

  private Optional<Duration> duration(JsonNode node, String member, String pointer) {
    if (!node.has(member)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.parse(node.path(member).asText()));
    } catch (DateTimeParseException _) {
      problems.add(pointer + "/" + member, "a duration looks like PT1M30S");
      return Optional.empty();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static <T> List<T> each(
      JsonNode node, String member, String pointer, BiFunction<JsonNode, String, T> reader) {
    List<T> items = new ArrayList<>();
    for (int i = 0; i < node.path(member).size(); i++) {
      items.add(reader.apply(node.path(member).get(i), pointer + "/" + member + "/" + i));
    }
    return items;
  }
}
