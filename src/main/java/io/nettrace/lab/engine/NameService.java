package io.nettrace.lab.engine;

import io.nettrace.lab.packet.LabNameQuery;
import io.nettrace.lab.packet.LabNameQuery.ResponseCode;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Scenario;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scenario's names: hosts as the conditions say, routers, and the name of every address. */
final class NameService {
  private static final int ROUTER_TTL_SECONDS = 3_600;
  private static final int IPV4_BYTES = 4;

  private record Zone(int ttlSeconds, List<InetAddress> fixed) {}

  private final Map<String, Zone> zones = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  NameService(Scenario scenario) {
    for (LabRouter router : scenario.routers()) {
      add(router.name(), ROUTER_TTL_SECONDS, router.addresses(), router.addresses());
    }
    for (LabDestination destination : scenario.destinations()) {
      add(destination.host(), destination.dnsTtlSeconds(), List.of(), destination.addresses());
    }
  }

  private void add(String name, int ttlSeconds, List<InetAddress> fixed, List<InetAddress> held) {
    zones.put(name.toLowerCase(Locale.ROOT), new Zone(ttlSeconds, fixed));
    held.forEach(address -> names.put(reverseName(address), name));
  }

  byte[] answer(LabNameQuery query, Conditions conditions) {
    return query.type() == LabNameQuery.PTR ? nameOf(query) : addressesOf(query, conditions);
  }

  private byte[] nameOf(LabNameQuery query) {
    String name = names.get(query.name());
    return name == null
        ? query.answer(ResponseCode.NO_SUCH_NAME, 0, List.of())
        : query.answer(
            ResponseCode.NO_ERROR, ROUTER_TTL_SECONDS, List.of(LabNameQuery.encoded(name)));
  }

  private byte[] addressesOf(LabNameQuery query, Conditions conditions) {
    Zone zone = zones.get(query.name());
    if (zone == null) {
      return query.answer(ResponseCode.NO_SUCH_NAME, 0, List.of());
    }
    List<InetAddress> addresses =
        zone.fixed.isEmpty() ? conditions.addressesOf(query.name()) : zone.fixed;
    List<byte[]> data =
        addresses.stream()
            .map(InetAddress::getAddress)
            .filter(
                bytes ->
                    query.type()
                        == (bytes.length == IPV4_BYTES ? LabNameQuery.A : LabNameQuery.AAAA))
            .toList();
    return query.answer(ResponseCode.NO_ERROR, zone.ttlSeconds, data);
  }

  /** The name under which the name of an address is asked for (RFC 1035, RFC 3596). */
  static String reverseName(InetAddress address) {
    byte[] bytes = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes.length == IPV4_BYTES) {
        name.append(Byte.toUnsignedInt(bytes[i])).append('.');
      } else {
        name.append(Integer.toHexString(bytes[i] & 0x0f)).append('.');
        name.append(Integer.toHexString((bytes[i] >> 4) & 0x0f)).append('.');
      }
    }
    return name.append(bytes.length == IPV4_BYTES ? "in-addr.arpa" : "ip6.arpa").toString();
  }
}
