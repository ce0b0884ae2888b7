package io.nettrace.lab.scenario;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * A host that can be probed.
 *
 * @param addresses all that it has
 * @param resolvesTo those that its name resolves to at the start
 * @param alternatives further routes by name; {@link #PRIMARY} names {@code route}
 */
public record LabDestination(
    String host,
    String place,
    List<InetAddress> addresses,
    List<InetAddress> resolvesTo,
    int dnsTtlSeconds,
    LabAnswers answers,
    LabRoute route,
    Map<String, LabRoute> alternatives) {

  /** Name of the route that is taken when nothing has happened. */
  public static final String PRIMARY = "primary";

  public LabDestination {
    addresses = List.copyOf(addresses);
    resolvesTo = List.copyOf(resolvesTo);
    alternatives = Map.copyOf(alternatives);
  }
}
