package io.nettrace.geo;

import io.nettrace.metric.Hop;
import io.nettrace.metric.SpecialAddresses;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where addresses are, who runs them, and how far that may be believed. Answers come from memory
 * and never wait for a file, the database or the name service.
 */
@Service
public class Places {
  private final GeoSources sources;
  private final GeoCache cache;
  private final GeoConfig config;

  @Inject
  Places(GeoSources sources, GeoCache cache, GeoConfig config) {
    this.sources = sources;
    this.cache = cache;
    this.config = config;
  }

  /**
   * What is known of an address as seen from {@code vantage}.
   *
   * @param minRttNanos the least delay ever seen to it, against which its place is checked
   * @param simulated whether it is one of the lab's
   */
  public Whereabouts describe(
      InetAddress address, Optional<Place> vantage, OptionalLong minRttNanos, boolean simulated) {
    Optional<String> special = simulated ? Optional.empty() : SpecialAddresses.meaning(address);
    GeoRecord found =
        cache.find(address, simulated).filter(_ -> special.isEmpty()).orElse(GeoRecord.nothing(""));
    LightBound.Judgement judgement =
        found
            .place()
            .map(place -> LightBound.judge(place, vantage, minRttNanos))
            .orElseGet(() -> nowhere(special));
    return new Whereabouts(
        address,
        found.place(),
        found.asn(),
        found.asName(),
        found.isp(),
        found.hostName(),
        judgement.confidence(),
        judgement.reason(),
        Optional.of(found.source()).filter(source -> !source.isEmpty()));
  }

  /** Where a vantage point stands: as configured, or as the lab has it. */
  public Optional<Place> vantagePlace(boolean simulated) {
    return simulated ? sources.labVantage() : config.vantagePlace();
  }

  /** Who announces which address, in the lab or outside it. */
  public Origins origins(boolean simulated) {
    return address ->
        cache.find(address, simulated).map(GeoRecord::asn).orElse(OptionalLong.empty());
  }

  /** How the database files fare. */
  public List<GeoFileState> files() {
    return sources.states();
  }

  /** The autonomous systems passed, in order. */
  public List<AsStep> asPath(List<Hop> hops, boolean simulated) {
    List<AsStep> steps = new ArrayList<>();
    for (Hop hop : hops) {
      hop.replies().stream()
          .flatMap(reply -> cache.find(reply.address(), simulated).stream())
          .filter(record -> record.asn().isPresent())
          .findFirst()
          .ifPresent(record -> pass(steps, hop.ttl(), record));
    }
    return steps;
  }

  private static void pass(List<AsStep> steps, int ttl, GeoRecord record) {
    long asn = record.asn().orElseThrow();
    if (!steps.isEmpty() && steps.getLast().asn() == asn) {
      AsStep last = steps.removeLast();
      steps.add(new AsStep(asn, last.name(), last.firstTtl(), ttl));
    } else {
      steps.add(new AsStep(asn, record.asName(), ttl, ttl));
    }
  }

  private static LightBound.Judgement nowhere(Optional<String> special) {
    return new LightBound.Judgement(
        Confidence.NONE,
        special
            .map(meaning -> "the address is of a range that belongs to no place: " + meaning)
            .orElse("no source knows a place"));
  }
}
