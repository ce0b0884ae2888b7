package io.nettrace.plan;

import java.time.LocalDate;

/**
 * What a tenant did on one day.
 *
 * @param used calls that were answered and count
 * @param refused calls that a limit turned away
 */
public record UsageDay(LocalDate day, long used, long refused) {}
