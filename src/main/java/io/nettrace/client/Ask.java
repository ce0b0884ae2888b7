package io.nettrace.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of a request; each method returns another one with that parameter set. */
public record Ask(Map<String, String> parameters) {
  private static final List<String> BESIDE_CURSOR = List.of("limit", "vantage_point", "fields");

  public Ask {
    parameters = Map.copyOf(parameters);
  }

  /** The last day, or whatever the address takes for granted. */
  public static Ask usual() {
    return new Ask(Map.of());
  }

  /** From {@code start} until before {@code end}. */
  public static Ask range(Instant start, Instant end) {
    return usual().with("start", start.toString()).with("end", end.toString());
  }

  /** For feeds: what became known after {@code time}. */
  public static Ask knownAfter(Instant time) {
    return usual().with("known_after", time.toString());
  }

  /** For feeds: what became known since {@link Feed#cursor} was kept. */
  public static Ask cursor(String cursor) {
    return usual().with("cursor", cursor);
  }

  public Ask step(String step) {
    return with("step", step);
  }

  public Ask percentiles(String percentiles) {
    return with("percentiles", percentiles);
  }

  public Ask asOf(Instant time) {
    return with("as_of", time.toString());
  }

  public Ask from(String vantagePoint) {
    return with("vantage_point", vantagePoint);
  }

  /** Any parameter of the OpenAPI document. */
  public Ask with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new Ask(more);
  }

  /** The next page: the cursor holds the range. */
  Ask after(String cursor) {
    Ask next = usual();
    for (String name : BESIDE_CURSOR) {
      String value = parameters.get(name);
      next = value == null ? next : next.with(name, value);
    }
    return next.with("cursor", cursor);
  }

  String appendedTo(String address) {
    return parameters.isEmpty()
        ? address
        : address
            + parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                    p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
  }
}
