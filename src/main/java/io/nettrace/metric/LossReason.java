package io.nettrace.metric;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came back for probes that count as lost, although something did. Silence has no reason.
 *
 * @param probes how many of a burst's probes
 * @param from who refused them, or answered in the target's place
 * @param refusal type and code of the ICMP error; empty when another address answered the probe
 */
public record LossReason(int probes, InetAddress from, Optional<Refusal> refusal) {
  /** Reasons of one burst that are told, those of most probes first. */
  public static final int MOST_OF_BURST = 16;

  private static final String BETWEEN = "; ";

  /**
   * Reasons as the record and files of measurements hold them, in one line: {@code 2 10.0.0.1 3/13;
   * 1 10.0.0.9} says that 10.0.0.1 refused two probes by ICMP type 3 code 13 and that 10.0.0.9
   * answered one in the target's place. Empty without reasons.
   */
  public static String text(List<LossReason> losses) {
    return losses.isEmpty()
        ? ""
        : losses.stream().map(LossReason::text).collect(Collectors.joining(BETWEEN));
  }

  /** Reads what {@link #text} wrote. */
  public static List<LossReason> read(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<LossReason> losses = new ArrayList<>();
    for (String one : text.split(BETWEEN, -1)) {
      String[] parts = one.split(" ", -1);
      losses.add(
          new LossReason(
              Integer.parseInt(parts[0]),
              InetAddress.ofLiteral(parts[1]),
              parts.length > 2 ? Optional.of(refusal(parts[2])) : Optional.empty()));
    }
    return losses;
  }

  /** For people: what happened to the probes, and by whom. */
  public String words() {
    boolean ipv6 = from instanceof Inet6Address;
    return refusal
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "%d refused by %s, %s (ICMP type %d code %d)",
                    probes,
                    AddressText.of(from),
                    one.words(ipv6),
                    one.icmpType(),
                    one.icmpCode()))
        .orElseGet(() -> probes + " answered by " + AddressText.of(from));
  }

  private String text() {
    String what = probes + " " + AddressText.of(from);
    return refusal.map(one -> what + " " + one.icmpType() + "/" + one.icmpCode()).orElse(what);
  }

  private static Refusal refusal(String text) {
    int slash = text.indexOf('/');
    return new Refusal(
        Integer.parseInt(text, 0, slash, 10), Integer.parseInt(text, slash + 1, text.length(), 10));
  }
}
