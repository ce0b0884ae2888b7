package io.nettrace.plan;

/**
 * What a tenant's limits are and how much is left, for the headers of an answer.
 *
 * @param unlimited {@code limit} is only what is fair
 * @param remaining of the day, calls that are being answered not included; never below 0
 * @param requestsPerSecond of all nodes together
 * @param burst calls that may come at once after a pause
 */
public record QuotaState(
    long limit,
    boolean unlimited,
    long remaining,
    long secondsToReset,
    int requestsPerSecond,
    int burst) {}
