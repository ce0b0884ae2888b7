package io.nettrace.lab.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The geography in {@code places.json}: cities, the fibre between them, and where hosts stand whose
 * catalogue does not say.
 */
final class LabPlaces {
  static final String HOME = "nwrknj";
  private static final String FILE = "places.json";

  private record Reach(List<City> way, double rttMillis) {
    City end() {
      return way.getLast();
    }
  }

  private final Map<String, City> cities = new LinkedHashMap<>();
  private final Map<String, Set<City>> neighbours = new HashMap<>();
  private final JsonNode hosts;
  private final JsonNode usual;

  private LabPlaces(JsonNode document) {
    for (JsonNode city : document.path("cities")) {
      String code = city.path("code").asText();
      cities.put(
          code,
          new City(
              code,
              city.path("place").asText(),
              city.path("country").asText(),
              city.path("latitude").asDouble(),
              city.path("longitude").asDouble()));
    }
    for (JsonNode link : document.path("links")) {
      City a = city(link.path(0).asText());
      City b = city(link.path(1).asText());
      neighbours.computeIfAbsent(a.code(), _ -> new HashSet<>()).add(b);
      neighbours.computeIfAbsent(b.code(), _ -> new HashSet<>()).add(a);
    }
    this.hosts = document.path("hosts");
    this.usual = document.path("usual");
  }

  static LabPlaces load() {
    try (InputStream in = LabPlaces.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return new LabPlaces(new JsonMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Collection<City> all() {
    return cities.values();
  }

  City city(String code) {
    City city = cities.get(code);
    if (city == null) {
      throw new IllegalArgumentException(FILE + " has no city " + code);
    }
    return city;
  }

  /** Where the site stands: its venue, what the file says, or a place usual for its category. */
  City of(Site site) {
    return site.venue()
        .orElseGet(
            () -> hosts.has(site.host()) ? city(hosts.path(site.host()).asText()) : usual(site));
  }

  private City usual(Site site) {
    JsonNode codes = usual.path(site.category());
    int choice = Math.floorMod(site.host().hashCode(), Math.max(1, codes.size()));
    return city(codes.path(choice).asText(HOME));
  }

  /** The cities on the shortest way over fibre from home to the one nearest {@code end}. */
  List<City> way(City end) {
    String nearest =
        cities.values().stream()
            .min(Comparator.comparingDouble(end::fibreRttMillis))
            .orElseThrow()
            .code();
    var frontier = new PriorityQueue<Reach>(Comparator.comparingDouble(Reach::rttMillis));
    Set<City> settled = new HashSet<>();
    frontier.add(new Reach(List.of(city(HOME)), 0));
    while (!frontier.isEmpty()) {
      Reach reach = frontier.poll();
      if (reach.end().code().equals(nearest)) {
        return reach.way();
      }
      if (settled.add(reach.end())) {
        for (City next : neighbours.getOrDefault(reach.end().code(), Set.of())) {
          List<City> way = new ArrayList<>(reach.way());
          way.add(next);
          frontier.add(new Reach(way, reach.rttMillis() + reach.end().fibreRttMillis(next)));
        }
      }
    }
    throw new IllegalStateException("no link leads to " + nearest);
  }
}
