package io.nettrace.platform.web;

import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what strangers may do: so many requests a minute from one address, of IPv6 from one /64,
 * on this node.
 */
public final class AddressLimit {
  private static final int MOST_REMEMBERED = 50_000;
  private static final int NETWORK_BYTES = 8;

  private final int perMinute;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  public AddressLimit(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Counts one more request of an address; when there were too many, the seconds to wait. */
  public OptionalInt refused(String address) {
    return refusedTo(network(address));
  }

  /** The same for anything else that has a name. */
  public OptionalInt refusedTo(String name) {
    var probe = bucket(name).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? OptionalInt.empty()
        : OptionalInt.of((int) TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
  }

  private Bucket bucket(String network) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          network,
          _ ->
              Bucket.builder()
                  .addLimit(
                      limit ->
                          limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                  .build());
    }
  }

  private static String network(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    return HexFormat.of()
        .formatHex(bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
