package io.nettrace.scanner;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.nettrace.metric.Burst;
import io.nettrace.metric.DelayHistogram;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The contract's records as JSON bytes, the same code on both ends. Times are RFC 3339, durations
 * ISO-8601, addresses literals that are never resolved, histograms base64. Unknown members are
 * ignored, so that a newer end may say more; missing ones are refused.
 */
public final class Wire {
  private static final String NO_FAULTS = "no faults";
  private static final String NO_REFUSAL = "no refusal";
  private static final String NO_LOSSES = "no losses";
  private static final String NONE_UNWRITTEN = "none unwritten";
  private static final String NO_WAIT = "no wait";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModules(new JavaTimeModule(), new Jdk8Module(), measurements())
          .addMixIn(Resolution.class, ResolutionKind.class)
          .addMixIn(Delivery.class, DeliveryOfAnyRelease.class)
          .addMixIn(Hop.class, HopOfAnyRelease.class)
          .addMixIn(Burst.class, BurstOfAnyRelease.class)
          .addMixIn(SpoolState.class, SpoolStateOfAnyRelease.class)
          .injectableValues(
              new InjectableValues.Std()
                  .addValue(NO_FAULTS, List.of())
                  .addValue(NO_REFUSAL, Optional.empty())
                  .addValue(NO_LOSSES, List.of())
                  .addValue(NONE_UNWRITTEN, 0)
                  .addValue(NO_WAIT, Optional.empty()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Wire() {}

  /** Bytes that {@link #read} turns into an equal record. */
  public static byte[] write(Object message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + message, e);
    }
  }

  /** Reads one message; {@link MalformedMessageException} says what is wrong and where. */
  public static <T> T read(byte[] json, Class<T> type) throws MalformedMessageException {
    try {
      T message = JSON.readValue(json, type);
      if (message == null) {
        throw new MalformedMessageException("null is not a message", null);
      }
      return message;
    } catch (JsonProcessingException e) {
      throw new MalformedMessageException(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedMessageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static SimpleModule measurements() {
    return new SimpleModule("measurements")
        .addSerializer(InetAddress.class, new AddressWriter())
        .addDeserializer(InetAddress.class, new AddressReader())
        .addSerializer(DelayHistogram.class, new HistogramWriter())
        .addDeserializer(DelayHistogram.class, new HistogramReader());
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Resolution.Resolved.class, name = "resolved"),
    @JsonSubTypes.Type(value = Resolution.Failed.class, name = "failed")
  })
  private interface ResolutionKind {}

  /** Scanners of earlier releases tell no faults of their own, and not how long it waited. */
  @SuppressWarnings("unused") // its parameters are those of the record's own constructor
  private abstract static class DeliveryOfAnyRelease {
    @JsonCreator
    DeliveryOfAnyRelease(
        @JsonProperty("spool") UUID spool,
        @JsonProperty("sequence") long sequence,
        @JsonProperty("vantagePoint") String vantagePoint,
        @JsonProperty("simulated") boolean simulated,
        @JsonProperty("sealedAt") Instant sealedAt,
        @JsonProperty("bursts") List<MeasuredBurst> bursts,
        @JsonProperty("traces") List<MeasuredTrace> traces,
        @JsonProperty("resolutions") List<Resolution> resolutions,
        @JsonProperty("faults") @JacksonInject(value = NO_FAULTS, useInput = OptBoolean.TRUE)
            List<OwnFault> faults,
        @JsonProperty("waited") @JacksonInject(value = NO_WAIT, useInput = OptBoolean.TRUE)
            Optional<Duration> waited) {}
  }

  /** Scanners of earlier releases do not tell with what words a hop refused. */
  @SuppressWarnings("unused") // its parameters are those of the record's own constructor
  private abstract static class HopOfAnyRelease {
    @JsonCreator
    HopOfAnyRelease(
        @JsonProperty("ttl") int ttl,
        @JsonProperty("state") HopState state,
        @JsonProperty("replies") List<HopReply> replies,
        @JsonProperty("refusal") @JacksonInject(value = NO_REFUSAL, useInput = OptBoolean.TRUE)
            Optional<Refusal> refusal) {}
  }

  /** Scanners of earlier releases do not tell why probes were lost. */
  @SuppressWarnings("unused") // its parameters are those of the record's own constructor
  private abstract static class BurstOfAnyRelease {
    @JsonCreator
    BurstOfAnyRelease(
        @JsonProperty("startedAt") Instant startedAt,
        @JsonProperty("address") InetAddress address,
        @JsonProperty("protocol") Protocol protocol,
        @JsonProperty("mode") ProbeMode mode,
        @JsonProperty("sent") int sent,
        @JsonProperty("received") int received,
        @JsonProperty("sendFailures") int sendFailures,
        @JsonProperty("delays") Optional<DelaySummary> delays,
        @JsonProperty("histogram") DelayHistogram histogram,
        @JsonProperty("losses") @JacksonInject(value = NO_LOSSES, useInput = OptBoolean.TRUE)
            List<LossReason> losses) {}
  }

  /** Scanners of earlier releases do not tell what waits in their memory. */
  @SuppressWarnings("unused") // its parameters are those of the record's own constructor
  private abstract static class SpoolStateOfAnyRelease {
    @JsonCreator
    SpoolStateOfAnyRelease(
        @JsonProperty("waiting") int waiting,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("thinnedTraces") long thinnedTraces,
        @JsonProperty("droppedTraces") long droppedTraces,
        @JsonProperty("droppedBursts") long droppedBursts,
        @JsonProperty("quarantined") long quarantined,
        @JsonProperty("unwritten")
            @JacksonInject(value = NONE_UNWRITTEN, useInput = OptBoolean.TRUE)
            int unwritten) {}
  }

  private static final class AddressWriter extends StdSerializer<InetAddress> {
    AddressWriter() {
      super(InetAddress.class);
    }

    @Override
    public void serialize(InetAddress address, JsonGenerator json, SerializerProvider context)
        throws IOException {
      json.writeString(address.getHostAddress());
    }
  }

  private static final class AddressReader extends StdDeserializer<InetAddress> {
    AddressReader() {
      super(InetAddress.class);
    }

    @Override
    public InetAddress deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      try {
        return InetAddress.ofLiteral(json.getText());
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(json.getText(), InetAddress.class, "not an address");
      }
    }
  }

  private static final class HistogramWriter extends StdSerializer<DelayHistogram> {
    HistogramWriter() {
      super(DelayHistogram.class);
    }

    @Override
    public void serialize(DelayHistogram histogram, JsonGenerator json, SerializerProvider context)
        throws IOException {
      json.writeString(Base64.getEncoder().encodeToString(histogram.encoded()));
    }
  }

  private static final class HistogramReader extends StdDeserializer<DelayHistogram> {
    HistogramReader() {
      super(DelayHistogram.class);
    }

    @Override
    public DelayHistogram deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      try {
        return DelayHistogram.decode(json.getBinaryValue());
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(json.getText(), DelayHistogram.class, "not a histogram");
      }
    }
  }
}
