/**
 * What the record shows that a single measurement does not: {@link io.nettrace.signal.Deviation}s
 * of an address from its own recent past, and whether an address is a front or the service itself.
 *
 * <pre>
 *   sample ── SamplesStored ──► DeviationJudge ── reads back what it missed ──► History
 *                                   │  SeriesWatch (pure): DelayWatch · LossWatch
 *                                   ▼
 *              catalog.deviations · TraceRequests.ask · DeviationOpened, DeviationClosed
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Causal: a burst is judged by bursts before it, and by what was known then.
 *   <li>Robust: the past is judged by median and median absolute deviation; a difference must be
 *       large against the spread and a millisecond at least, and nearly all of the newest bursts
 *       must show it. Loss is judged over several bursts together.
 *   <li>Every burst is judged although nodes crash and share the work: a watch that misses bursts
 *       reads them from the record, and a sweep looks for what nobody judged. What is found twice
 *       is written once.
 *   <li>A deviation is written when it opens and once more when it closes.
 *   <li>A verdict is unknown unless evidence says otherwise, and shows its evidence.
 * </ul>
 *
 * <p>The scanner has a detector of its own ({@code scanner.cycle}): it asks for a trace within the
 * second, also while the control plane is away, and keeps nothing. This one decides what is on the
 * record, survives restarts, and needs several bursts to be sure.
 */
@NullMarked
package io.nettrace.signal;

import org.jspecify.annotations.NullMarked;
