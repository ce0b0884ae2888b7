package io.nettrace.prober.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.MplsLabel;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Refusal;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.prober.strategy.HopProbes;
import io.nettrace.prober.strategy.PathReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** One reader reads the API and the command. */
class FindingJsonTest {
  private static final InetAddress ROUTER = InetAddress.ofLiteral("2001:db8:0:0:0:0:0:1");
  private static final InetAddress TARGET = InetAddress.ofLiteral("2001:db8::80");

  /** What only the command says, by schema. */
  private static final Map<String, Set<String>> MORE =
      Map.of(
          "Hop", Set.of("sent", "received", "loss_ratio", "rtt_ms"),
          "Burst", Set.of("losses"),
          "Delays", Set.of("last", "stddev"));

  private final JsonNode schemas = schemas();

  @Test
  void namesAndWordsAreThoseOfTheApi() throws IOException {
    JsonNode host = printed(measured());
    follows(host.path("snapshot"), "HopSnapshot");
    follows(host.path("burst"), "Burst");
    assertThat(host.at("/snapshot/hops/0/state").asText()).isEqualTo("rate_limited");
    assertThat(host.at("/snapshot/hops/0/replies/0/address").asText()).isEqualTo("2001:db8::1");
    assertThat(host.at("/snapshot/hops/0/replies/0/mpls/0/label").asInt()).isEqualTo(24_001);
    assertThat(host.at("/snapshot/hops/0/loss_ratio").asDouble()).isEqualTo(0.5);
    assertThat(host.at("/burst/rtt_ms/min").asDouble()).isEqualTo(2.0);
    assertThat(host.at("/burst/losses/0/icmp_code").asInt()).isEqualTo(4);
  }

  @Test
  void manyRoundsAreToldUnderTheSameNames() throws IOException {
    HostResult.Measured round = measured();
    ContinuousHost watched = new ContinuousHost("example.com", round.answers());
    watched.add(round.path(), round.burst(), List.of());
    watched.add(round.path(), round.burst(), List.of("a note"));
    JsonNode host = printed(new HostResult.Continuous(watched));
    follows(host.path("snapshot"), "HopSnapshot");
    follows(host.path("burst"), "Burst");
    assertThat(host.path("rounds").asInt()).isEqualTo(2);
    assertThat(host.at("/snapshot/hops/0/sent").asInt()).isEqualTo(4);
    assertThat(host.at("/snapshot/hops/1/rtt_ms/stddev").isNumber()).isTrue();
    assertThat(host.at("/burst/loss_ratio").asDouble()).isEqualTo(0.5);
  }

  private static JsonNode printed(HostResult finding) throws IOException {
    StringWriter text = new StringWriter();
    new FindingJson(ProbeMode.RAW, "root", AsTable.none())
        .print(List.of(finding), new PrintWriter(text, true));
    return new ObjectMapper().readTree(text.toString()).at("/hosts/0");
  }

  /** Every name of the node, and of what is in it, is one of the schema's; words are, too. */
  private void follows(JsonNode node, String schema) {
    JsonNode properties = schemas.at("/" + schema + "/properties");
    assertThat(node.isObject()).as(schema).isTrue();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      if (MORE.getOrDefault(schema, Set.of()).contains(name)) {
        continue;
      }
      JsonNode declared = properties.path(name);
      assertThat(declared.isMissingNode()).as("%s of %s", name, schema).isFalse();
      if (declared.has("$ref")) {
        follows(field.getValue(), referred(declared));
      } else if (declared.path("items").has("$ref")) {
        field.getValue().forEach(item -> follows(item, referred(declared.path("items"))));
      } else if (declared.path("format").asText().equals("date-time")) {
        assertThat(field.getValue().asText()).as(name).matches(".{19}\\.\\d{6}Z");
      } else if (declared.has("enum")) {
        assertThat(declared.path("enum").valueStream().map(JsonNode::asText))
            .as("%s of %s", name, schema)
            .contains(field.getValue().asText());
      }
    }
    schemas
        .at("/" + schema + "/required")
        .forEach(
            name ->
                assertThat(node.has(name.asText()) || name.asText().equals("place"))
                    .as("%s of %s", name, schema)
                    .isTrue());
  }

  private static String referred(JsonNode reference) {
    String path = reference.path("$ref").asText();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static HostResult.Measured measured() {
    Hop router =
        new Hop(
            1,
            HopState.RATE_LIMITED,
            List.of(new HopReply(ROUTER, 1_000_000, List.of(new MplsLabel(24_001, 0, true, 1)))));
    Hop target =
        new Hop(2, HopState.DESTINATION, List.of(new HopReply(TARGET, 2_000_000, List.of())));
    Trace trace =
        new Trace(
            Instant.EPOCH,
            TARGET,
            Protocol.ICMP,
            ProbeMode.RAW,
            List.of(router, target),
            TraceEnd.DESTINATION_REACHED);
    Burst burst =
        Burst.of(
            Instant.EPOCH,
            TARGET,
            Protocol.ICMP,
            ProbeMode.RAW,
            List.of(new ProbeOutcome.Replied(TARGET, 2_000_000), new ProbeOutcome.TimedOut()));
    LossReason loss = new LossReason(1, ROUTER, Optional.of(new Refusal(1, 4)));
    return new HostResult.Measured(
        "example.com",
        new AnswerSet("example.com", Instant.EPOCH, List.of(TARGET), Duration.ofMinutes(1)),
        new PathReport(trace, List.of(new HopProbes(1, 2, 1), new HopProbes(2, 1, 1))),
        burst.because(List.of(loss)),
        List.of());
  }

  private static JsonNode schemas() {
    try (InputStream yaml = FindingJsonTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      JsonNode document = new ObjectMapper().valueToTree(new Yaml().load(yaml));
      return document.at("/components/schemas");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
