/**
 * Jobs: what is still to be done, kept in the database until it was done.
 *
 * <pre>
 *   enqueue(tx, …) ──► waiting ──► running ──► (gone)
 *                       ▲  ▲          │
 *        parked, until  │  └──────────┤ failed: after a pause that doubles
 *     another one ends ─┘             ▼
 *                       ▲           dead ──► dropped, or forgotten after 30 days
 *                       └── replayed ─┘
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A job exists if and only if the transaction that enqueued it committed. It is run at least
 *       once: the node at it may die, or only be thought dead.
 *   <li>Of one tenant's jobs of a type no more run at once than the type allows, on all nodes
 *       together. The others are parked, which is no attempt, and wake one by one as those end.
 *       Where only few of a type run on a node, tenants take turns.
 *   <li>A type and a key are one job. What is enqueued while it runs is run once more.
 *   <li>An attempt that failed is repeated after a pause that doubles, with chance in it, up to the
 *       type's bounds; then the job is a dead letter, which an operator replays or drops.
 *   <li>All is bounded: data by 64 KiB, threads by four a node (named {@code nettrace-job-n}), what
 *       a node holds in memory by three times as many.
 * </ul>
 *
 * <p>db-scheduler polls, picks, sends heartbeats and finds the jobs of dead nodes; inserting and
 * settling are statements of ours on its table, since both belong into transactions that it does
 * not know.
 */
@NullMarked
package io.nettrace.platform.job;

import org.jspecify.annotations.NullMarked;
