package io.nettrace.lab.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nettrace.lab.scenario.AddressBlock;
import io.nettrace.lab.scenario.LabAddressText;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a geolocation service would know of the internet that {@link Atlas} draws: the coordinates
 * of its places, its networks, and the names of its addresses.
 */
public final class Gazetteer {
  private static final JsonMapper JSON = new JsonMapper();

  private record Spot(String place, String country, double latitude, double longitude) {}

  private Gazetteer() {}

  /** The table for the targets of a catalogue, as a JSON document with an entry a line. */
  public static String draw(Path catalogue) throws IOException {
    Scenario scenario = Atlas.draw(catalogue);
    StringBuilder text = new StringBuilder("{\n");
    text.append("  \"vantage\": ").append(json(scenario.vantage().place())).append(",\n");
    list(text, "places", spots(scenario, catalogue));
    text.append(",\n");
    list(text, "networks", scenario.networks());
    text.append(",\n  \"names\": {\n");
    text.append(
        names(scenario).entrySet().stream()
            .map(e -> "    " + json(e.getKey()) + ": " + json(e.getValue()))
            .collect(Collectors.joining(",\n")));
    return text.append("\n  }\n}\n").toString();
  }

  private static List<Spot> spots(Scenario scenario, Path catalogue) throws IOException {
    SortedMap<String, City> known = new TreeMap<>();
    LabPlaces places = LabPlaces.load();
    for (Site site : Site.read(catalogue)) {
      known.put(places.of(site).place(), places.of(site));
    }
    places.all().forEach(city -> known.put(city.place(), city));
    known.keySet().retainAll(scenario.networks().stream().map(AddressBlock::place).toList());
    return known.values().stream().map(Gazetteer::spot).toList();
  }

  private static Spot spot(City city) {
    return new Spot(
        city.place(), city.country().toUpperCase(Locale.ROOT), city.latitude(), city.longitude());
  }

  private static SortedMap<String, String> names(Scenario scenario) {
    SortedMap<String, String> names = new TreeMap<>();
    for (LabRouter router : scenario.routers()) {
      router.addresses().forEach(address -> names.put(LabAddressText.of(address), router.name()));
    }
    for (LabDestination destination : scenario.destinations()) {
      destination
          .addresses()
          .forEach(address -> names.put(LabAddressText.of(address), destination.host()));
    }
    return names;
  }

  private static void list(StringBuilder text, String name, List<?> entries) {
    text.append("  ").append(json(name)).append(": [\n");
    text.append(entries.stream().map(e -> "    " + json(e)).collect(Collectors.joining(",\n")));
    text.append("\n  ]");
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and records are always writable", e);
    }
  }
}
