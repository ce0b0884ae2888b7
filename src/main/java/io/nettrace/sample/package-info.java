/**
 * The record: an append-only store of measurements, and the newest of them in memory.
 *
 * <pre>
 *   scan ── Recording ──► SampleRecorder ── COPY ──► catalog.bursts (+ hours_due), scan_metrics,
 *                              │                      scan_snapshots, answer_sets
 *                        RouteIdentifier (route)
 *                              └─► Latest ── replaces ──► Snapshot ── SamplesStored ──► …
 *                              └─► ScanCompleted (kept) ──► LatestFeed of the other nodes
 *
 *   Upkeep ── RollUps ──► catalog.burst_hours, burst_days;  Partitions made ahead, old ones dropped
 *   Corrections ── a further revision ──► catalog.bursts (+ corrections, hours_due)
 *   History ◄── Cover: whole days, whole hours, single bursts
 *   KnownFeed ◄── Arrivals: known_at in the order of commits, and how far back late ones began
 *
 *   Records ── opens the catalogue's record or, behind its walls, a tenant's: same tables, same SQL
 *   OwnStandings, OwnUpkeep ── what Latest and Upkeep are to the catalogue, for each tenant
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Rows are written once, by COPY, and never changed. Delays are stored as nanoseconds; a
 *       delay that does not exist is absent, never 0.
 *   <li>Tables are partitioned by time; partitions are made ahead and when a late measurement needs
 *       one, and dropped when they are older than they are kept, never before they are rolled up.
 *   <li>Every burst is stored together with a mark that its hour is due. A roll-up is valid unless
 *       a mark says otherwise, so reads never wait for upkeep and never depend on how far it got.
 *   <li>A correction is a row of a higher revision, known later. Reads show the newest revision, or
 *       that which was known at a moment.
 *   <li>Counts, minimum, mean and maximum of an aggregate are exact; percentiles are those of all
 *       probes within the error of {@link io.nettrace.metric.DelayHistogram}.
 *   <li>Of one vantage point {@code known_at} goes in the order of commits: a transaction takes it
 *       from a row of {@code arrivals} that it locks until it ends.
 *   <li>Shared statements name tables without a schema. Nothing of a tenant is in memory that all
 *       share: no series number, no snapshot, no feed. A tenant's tables are not partitioned, and
 *       who reads its roll-ups waits while some are made.
 *   <li>{@link io.nettrace.sample.Snapshot} is immutable and replaced as a whole; reading it takes
 *       no lock and no database.
 * </ul>
 */
@NullMarked
package io.nettrace.sample;

import org.jspecify.annotations.NullMarked;
