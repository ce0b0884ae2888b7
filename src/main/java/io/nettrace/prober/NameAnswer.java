package io.nettrace.prober;

import io.nettrace.prober.packet.AddressBits;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What one question for the addresses of one family brought.
 *
 * @param failure in words, when it was not answered
 * @param isUnknown the name server says there is no such name
 */
record NameAnswer(
    List<InetAddress> addresses, long ttlSeconds, Optional<String> failure, boolean isUnknown) {
  private static final long LONGEST_TTL_SECONDS = 86_400;
  private static final long TTL_LIMIT = Integer.MAX_VALUE;
  private static final int LONGEST_CHAIN = 16;

  NameAnswer {
    addresses = List.copyOf(addresses);
  }

  static NameAnswer of(NameServerQuery query, Name name, int type) {
    String asked = Type.string(type);
    try {
      Message answer = query.ask(name, type);
      int code = answer.getRcode();
      if (code != Rcode.NOERROR) {
        String failure = "the name server answered " + Rcode.string(code) + " to " + asked;
        return failed(failure + " of " + name.toString(true), code == Rcode.NXDOMAIN);
      }
      return read(answer.getSection(Section.ANSWER), name);
    } catch (IOException e) {
      return failed(e.getMessage() + " (" + asked + ")", false);
    }
  }

  private static NameAnswer failed(String failure, boolean unknown) {
    return new NameAnswer(List.of(), LONGEST_TTL_SECONDS, Optional.of(failure), unknown);
  }

  /** Only records that belong to the name, or to one that it is an alias of, tell its addresses. */
  private static NameAnswer read(List<Record> records, Name name) {
    Set<Name> names = new HashSet<>(Set.of(name));
    long ttl = LONGEST_TTL_SECONDS;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      int before = names.size();
      for (Record record : records) {
        if (record instanceof CNAMERecord alias && names.contains(alias.getName())) {
          names.add(alias.getTarget());
          ttl = Math.min(ttl, ttl(record));
        }
      }
      if (names.size() == before) {
        break;
      }
    }
    List<InetAddress> found = new ArrayList<>();
    for (Record record : records) {
      Optional<InetAddress> address = addressOf(record);
      if (names.contains(record.getName()) && address.isPresent()) {
        found.add(address.get());
        ttl = Math.min(ttl, ttl(record));
      }
    }
    return new NameAnswer(found, ttl, Optional.empty(), false);
  }

  /** A time to live with the top bit set is zero (RFC 2181, 8). */
  private static long ttl(Record record) {
    return record.getTTL() > TTL_LIMIT || record.getTTL() < 0 ? 0 : record.getTTL();
  }

  private static Optional<InetAddress> addressOf(Record record) {
    Optional<InetAddress> address =
        switch (record) {
          case ARecord a -> Optional.of(a.getAddress());
          case AAAARecord aaaa when !(aaaa.getAddress() instanceof Inet4Address) ->
              Optional.of(aaaa.getAddress());
          default -> Optional.empty();
        };
    return address.filter(one -> AddressBits.isHost(AddressBits.hi(one), AddressBits.lo(one)));
  }
}
