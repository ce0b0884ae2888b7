/**
 * What can be bought, what each tenant bought, and how much of it is used today.
 *
 * <pre>
 *   admit ──► Meter (memory: slice, burst, concurrency) ──► Admission
 *               │ slice empty                ▲ ticket.done
 *               ▼                            │ every second: used, refused, given back
 *             Ledger (platform.usage_days: one row per tenant and day)
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Plans are {@code tenants/plans.json}; each includes the one before. A mistake in the file
 *       stops the start with file, pointer and reason. Whoever has no plan is on the first.
 *   <li>A change of plan is seen by every node within a second, and counts at once: what was used
 *       today counts against the new quota.
 *   <li>The nodes together never admit more calls a day than the quota of a limited plan: each
 *       spends slices that it took from the ledger. A node that dies loses its slice at most; one
 *       that falls quiet gives its slice back.
 *   <li>Unlimited plans are metered the same way and not refused; beyond what is fair somebody is
 *       told.
 *   <li>A call counts when it was answered and the answer is neither "not modified" nor our own
 *       fault. It counts for the day on which it was admitted. A day ends at midnight, UTC.
 *   <li>While the database is away a slice may be spent; after that the answer is {@link
 *       io.nettrace.plan.Admission.Unavailable}, which is our fault and not the caller's.
 *   <li>{@link io.nettrace.plan.Usage}, headers and ledger say the same number: the ledger's, with
 *       what this node has not reported yet.
 *   <li>Each tenant is told once a day, not once a node, that 75, 90 and 100 % are used.
 *   <li>Bursts and calls at once are limited for each node to its share among the living nodes, so
 *       approximately; the daily quota is exact.
 * </ul>
 */
@NullMarked
package io.nettrace.plan;

import org.jspecify.annotations.NullMarked;
