package io.nettrace.scanner;

import io.nettrace.metric.SpecialAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which addresses may be probed because a tenant says so: those of the public internet and nothing
 * behind it, or, in the lab, only the lab's. Asked wherever a host is written down and each time a
 * name was resolved, because a name may lead elsewhere tomorrow.
 */
public final class AddressPolicy {
  private final boolean simulated;
  private final Supplier<Set<InetAddress>> own;

  private AddressPolicy(boolean simulated, Supplier<Set<InetAddress>> own) {
    this.simulated = simulated;
    this.own = own;
  }

  /** Whether packets may be sent. */
  public sealed interface Judgement {
    record Allowed() implements Judgement {}

    /** {@code reason} in words for the tenant, without the address, which may be an inner one. */
    record Refused(InetAddress address, String reason) implements Judgement {}
  }

  /** {@code own} are the addresses of our machines at this moment. */
  public static AddressPolicy ofInternet(Supplier<Set<InetAddress>> own) {
    return new AddressPolicy(false, own);
  }

  /** Where the lab is measured and not the internet. */
  public static AddressPolicy ofLab(Supplier<Set<InetAddress>> own) {
    return new AddressPolicy(true, own);
  }

  /** A name's whole answer: one forbidden address refuses all of them. */
  public Judgement judge(Collection<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      if (judge(address) instanceof Judgement.Refused refused) {
        return refused;
      }
    }
    return new Judgement.Allowed();
  }

  public Judgement judge(InetAddress address) {
    return objection(address)
        .<Judgement>map(reason -> new Judgement.Refused(address, "its address is " + reason))
        .orElseGet(Judgement.Allowed::new);
  }

  private Optional<String> objection(InetAddress address) {
    if (isOwn(address.getAddress())) {
      return Optional.of("one of our own");
    }
    if (simulated) {
      return SpecialAddresses.isUnused(address)
          ? Optional.empty()
          : Optional.of("outside of the simulated network");
    }
    return SpecialAddresses.notPublic(address.getAddress()).or(() -> embedded(address));
  }

  private Optional<String> embedded(InetAddress address) {
    List<byte[]> inside = EmbeddedAddresses.in(address.getAddress());
    if (inside.stream().anyMatch(this::isOwn)) {
      return Optional.of("a tunnel to one of our own");
    }
    return inside.stream()
        .flatMap(each -> SpecialAddresses.notPublic(each).stream())
        .findFirst()
        .map(meaning -> "a tunnel to an address that is " + meaning);
  }

  private boolean isOwn(byte[] address) {
    return own.get().contains(of(address));
  }

  private static InetAddress of(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }
}
