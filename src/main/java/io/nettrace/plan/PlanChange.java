package io.nettrace.plan;

import java.time.Instant;

/**
 * A tenant was put on a plan.
 *
 * @param plan its name
 * @param setBy who did it, as {@link io.nettrace.platform.Actor#text}; an e-mail address or a word
 *     in what was kept before actors were
 */
public record PlanChange(String plan, Instant since, String setBy) {}
