package io.nettrace.lab.scenario;

import java.net.InetAddress;
import java.util.List;

/**
 * Where the prober stands.
 *
 * @param addresses its own, at most one of each IP version
 * @param nameservers where the lab answers DNS; queries take {@code nameserverRttMillis}
 */
public record Vantage(
    String name,
    String place,
    List<InetAddress> addresses,
    List<InetAddress> nameservers,
    double nameserverRttMillis) {

  public Vantage {
    addresses = List.copyOf(addresses);
    nameservers = List.copyOf(nameservers);
  }
}
