package io.nettrace.edge.api.http;

import io.nettrace.plan.QuotaState;
import jakarta.ws.rs.core.MultivaluedMap;

/**
 * A caller's limits as headers of each answer, in the form of the IETF's draft
 * draft-ietf-httpapi-ratelimit-headers-10: {@code RateLimit-Policy: "burst";q=60;w=1,
 * "daily";q=10000;w=86400} and {@code RateLimit: "daily";r=9312;t=3600}.
 */
final class RateLimitHeaders {
  private static final int DAY_SECONDS = 86_400;

  private RateLimitHeaders() {}

  static void put(MultivaluedMap<String, Object> headers, QuotaState state) {
    headers.putSingle(
        "RateLimit-Policy",
        "\"burst\";q="
            + state.requestsPerSecond()
            + ";w=1, \"daily\";q="
            + state.limit()
            + ";w="
            + DAY_SECONDS);
    headers.putSingle(
        "RateLimit", "\"daily\";r=" + state.remaining() + ";t=" + state.secondsToReset());
  }
}
