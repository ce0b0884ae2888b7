package io.nettrace.edge.api.http;

import io.github.bucket4j.Bucket;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what strangers may do who show no credential: so many calls a minute from one address, of
 * IPv6 from one /64, on this node.
 */
@Service
public class OpenDoor implements ContainerRequestFilter {
  private static final int MOST_REMEMBERED = 50_000;
  private static final int NETWORK_BYTES = 8;

  private final HttpServletRequest servlet;
  private final int perMinute;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  @Inject
  OpenDoor(HttpServletRequest servlet, ApiConfig config) {
    this.servlet = servlet;
    this.perMinute = config.openPerMinute();
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var probe = bucket(network(servlet.getRemoteAddr())).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
      throw new Refusal(
          Problem.of(
                  "address-rate-exceeded",
                  "Too many calls from your address",
                  429,
                  "Without a key or session at most %d a minute are answered.".formatted(perMinute))
              .retryAfter((int) seconds));
    }
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
