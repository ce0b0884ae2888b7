package io.nettrace.geo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lab's addresses: its networks with their places and operators, and the names of its machines.
 * The table is drawn from the lab's topology together with the scenario it ships with.
 */
final class LabSource implements GeoSource {
  private static final String FILE = "lab-places.json";
  private static final int IPV4_BITS = 32;

  private record Prefix(InetAddress network, int bits) {}

  private final Map<Prefix, GeoRecord> networks = new HashMap<>();
  private final Map<InetAddress, String> names = new HashMap<>();
  private final Optional<Place> vantage;

  private LabSource(JsonNode document) {
    Map<String, Place> places = new HashMap<>();
    document.path("places").forEach(node -> places.put(node.path("place").asText(), place(node)));
    vantage = Optional.ofNullable(places.get(document.path("vantage").asText()));
    for (JsonNode network : document.path("networks")) {
      GeoRecord record = record(network, places);
      network.path("prefixes").forEach(prefix -> networks.put(prefix(prefix.asText()), record));
    }
    document
        .path("names")
        .properties()
        .forEach(e -> names.put(InetAddress.ofLiteral(e.getKey()), e.getValue().asText()));
  }

  static LabSource shipped() {
    try (InputStream in = LabSource.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build packed no " + FILE);
      }
      return new LabSource(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Place> vantage() {
    return vantage;
  }

  @Override
  public Optional<GeoRecord> find(InetAddress address) {
    boolean v4 = address.getAddress().length * Byte.SIZE == IPV4_BITS;
    Prefix prefix = v4 ? within(address, 24) : within(address, 48);
    return Optional.ofNullable(networks.get(prefix))
        .map(
            found ->
                new GeoRecord(
                    found.place(),
                    found.asn(),
                    found.asName(),
                    found.isp(),
                    Optional.ofNullable(names.get(address)),
                    found.source()));
  }

  private static Place place(JsonNode node) {
    return Place.of(
        node.path("place").asText(),
        node.path("country").asText().toUpperCase(Locale.ROOT),
        node.path("latitude").asDouble(),
        node.path("longitude").asDouble());
  }

  private static GeoRecord record(JsonNode network, Map<String, Place> places) {
    Optional<String> operator = Optional.of(network.path("operator").asText());
    return new GeoRecord(
        Optional.ofNullable(places.get(network.path("place").asText())),
        OptionalLong.of(network.path("asn").asLong()),
        operator,
        operator,
        Optional.empty(),
        "lab");
  }

  private static Prefix prefix(String text) {
    int slash = text.indexOf('/');
    return within(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  private static Prefix within(InetAddress address, int bits) {
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, bits / Byte.SIZE, bytes.length, (byte) 0);
    try {
      return new Prefix(InetAddress.getByAddress(bytes), bits);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("an address has as many bytes as it had", e);
    }
  }
}
