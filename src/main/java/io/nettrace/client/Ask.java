package io.nettrace.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of a request; each method returns another one with that parameter set. */
public record Ask(Map<String, String> parameters) {
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
