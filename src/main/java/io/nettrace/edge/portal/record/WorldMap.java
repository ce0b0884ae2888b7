package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.ScriptJson;
import io.nettrace.geo.Coordinates;
import io.nettrace.geo.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the map draws: where is looked from, and either targets with the way there as a great
 * circle, or the places that one path passes, in order.
 */
final class WorldMap {

  private WorldMap() {}

  /** A place on the map; its colour is that of its delay. */
  record Spot(String name, double lat, double lon, String text, String scale, String address) {}

  /** All targets whose place is known. */
  static String ofTargets(String from, Optional<Place> vantage, List<ShownTargetState> targets) {
    List<Spot> spots = new ArrayList<>();
    for (ShownTargetState target : targets) {
      target
          .venue()
          .ifPresent(
              venue -> {
                OptionalLong delay = target.delayNow();
                spots.add(
                    new Spot(
                        target.name(),
                        venue.latitude(),
                        venue.longitude(),
                        venue.place()
                            + (delay.isPresent() ? ", " + DisplayFormat.millis(delay) + " ms" : ""),
                        DisplayFormat.scale(delay),
                        target.address()));
              });
    }
    return json(from, vantage, spots, false);
  }

  /** The places of a path, hops of one place as one. */
  static String ofPath(String from, Optional<Place> vantage, List<HopRow> hops) {
    Map<Coordinates, Spot> spots = new LinkedHashMap<>();
    for (HopRow hop : hops) {
      hop.at()
          .ifPresent(
              at ->
                  spots.put(
                      at,
                      new Spot(
                          hop.place(),
                          at.latitude(),
                          at.longitude(),
                          "hop " + hop.ttl() + ", " + hop.delay() + " ms",
                          hop.scale(),
                          "")));
    }
    return json(from, vantage, List.copyOf(spots.values()), true);
  }

  private static String json(
      String from, Optional<Place> vantage, List<Spot> spots, boolean chained) {
    Map<String, Object> map = new LinkedHashMap<>();
    vantage
        .flatMap(Place::coordinates)
        .ifPresent(
            at -> map.put("from", new Spot(from, at.latitude(), at.longitude(), "", "", "")));
    map.put("spots", spots);
    map.put("chained", chained);
    return ScriptJson.of(map);
  }
}
