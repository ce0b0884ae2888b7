package io.nettrace.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.MplsLabel;
import io.nettrace.metric.Refusal;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hops as they stand in {@code catalog.scan_snapshots.hops}. */
final class HopsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record StoredReply(String address, long rttNanos, List<MplsLabel> labels) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record StoredHop(
      int ttl, HopState state, List<StoredReply> replies, @Nullable StoredRefusal refusal) {}

  private record StoredRefusal(int icmpType, int icmpCode) {}

  private HopsJson() {}

  static String write(List<Hop> hops) {
    try {
      return JSON.writeValueAsString(hops.stream().map(HopsJson::stored).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("hops are always writable", e);
    }
  }

  static List<Hop> read(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<StoredHop>>() {}).stream()
          .map(HopsJson::hop)
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored snapshot cannot be read", e);
    }
  }

  private static StoredHop stored(Hop hop) {
    return new StoredHop(
        hop.ttl(),
        hop.state(),
        hop.replies().stream().map(HopsJson::stored).toList(),
        hop.refusal().map(one -> new StoredRefusal(one.icmpType(), one.icmpCode())).orElse(null));
  }

  private static StoredReply stored(HopReply reply) {
    return new StoredReply(reply.address().getHostAddress(), reply.rttNanos(), reply.labels());
  }

  private static Hop hop(StoredHop stored) {
    return new Hop(
        stored.ttl(),
        stored.state(),
        stored.replies().stream().map(HopsJson::reply).toList(),
        Optional.ofNullable(stored.refusal())
            .map(one -> new Refusal(one.icmpType(), one.icmpCode())));
  }

  private static HopReply reply(StoredReply stored) {
    return new HopReply(
        InetAddress.ofLiteral(stored.address()), stored.rttNanos(), stored.labels());
  }
}
