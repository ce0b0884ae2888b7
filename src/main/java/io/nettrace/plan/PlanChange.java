package io.nettrace.plan;

import java.time.Instant;

/**
 * A tenant was put on a plan.
 *
 * @param plan its name
 * @param setBy who did it: an account, or the part of the program
 */
public record PlanChange(String plan, Instant since, String setBy) {}
