package io.nettrace.edge.api.http;

import io.nettrace.plan.QuotaState;
import jakarta.ws.rs.core.MultivaluedMap;

/**
 * A caller's limits as headers of each answer, as they are enforced, in the form of the IETF's
 * draft draft-ietf-httpapi-ratelimit-headers-10: {@code RateLimit-Policy: "burst";q=20;w=2,
 * "concurrent";q=8;qu="concurrent-requests", "daily";q=10000;w=86400} and {@code RateLimit:
 * "burst";r=19;t=1, "daily";r=9312;t=3600}. A plan without a limit of the day has no {@code daily}.
 */
final class RateLimitHeaders {
  private static final int DAY_SECONDS = 86_400;

  private RateLimitHeaders() {}

  static void put(MultivaluedMap<String, Object> headers, QuotaState state) {
    headers.putSingle("RateLimit-Policy", policy(state));
    headers.putSingle("RateLimit", left(state));
  }

  static String policy(QuotaState state) {
    QuotaState.Moment moment = state.moment();
    String now =
        "\"burst\";q="
            + moment.burst()
            + ";w="
            + moment.seconds()
            + ", \"concurrent\";q="
            + moment.atOnce()
            + ";qu=\"concurrent-requests\"";
    return state.unlimited() ? now : now + ", \"daily\";q=" + state.limit() + ";w=" + DAY_SECONDS;
  }

  static String left(QuotaState state) {
    QuotaState.Moment moment = state.moment();
    long missing = moment.burst() - moment.left();
    String now =
        "\"burst\";r="
            + moment.left()
            + ";t="
            + Math.ceilDiv(missing * moment.seconds(), moment.burst());
    return state.unlimited()
        ? now
        : now + ", \"daily\";r=" + state.remaining() + ";t=" + state.secondsToReset();
  }
}
