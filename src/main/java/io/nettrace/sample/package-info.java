/**
 * The record: an append-only store of measurements, and the newest of them in memory.
 *
 * <pre>
 *   scan ── Recording ──► SampleRecorder ── COPY ──► catalog.burst_metrics, scan_metrics,
 *                              │                      scan_snapshots, answer_sets
 *                        RouteIdentifier (route)
 *   scan ── ScanCompleted ──► Latest ── replaces ──► Snapshot ── SamplesStored ──► …
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Rows are written once, by COPY, and never changed. Delays are stored as nanoseconds; a
 *       delay that does not exist is null, never 0.
 *   <li>Tables are partitioned by {@code observed_at}; partitions are made ahead by {@link
 *       io.nettrace.sample.Partitions} and when a late measurement needs one.
 *   <li>{@link io.nettrace.sample.Snapshot} is immutable and replaced as a whole; reading it takes
 *       no lock and no database.
 * </ul>
 */
@NullMarked
package io.nettrace.sample;

import org.jspecify.annotations.NullMarked;
