/**
 * What to probe, from which vantage point, how often; and the door through which measurements come
 * back.
 *
 * <pre>
 *  scanner ── Hello ──────►  VantagePoints ──► Assignment
 *  scanner ── Renewal ────►  Leases ──► Lease (which slices of the targets are this scanner's)
 *  scanner ── Delivery ───►  Deliveries ─┬─ TenantParts: each tenant's part, in its own schema,
 *                                        │    or in ParkedParts until a job has stored it there
 *                                        └─ one transaction: (spool, sequence) + the catalogue's
 *             ◄─ Acknowledgement (assignment revision, targets to trace now)      DeliveryStored
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A delivery is stored exactly once: its (spool, sequence) row commits with its measurements.
 *   <li>What is measured for a tenant is stored in its schema only, in a transaction of its own
 *       that holds the delivery's name too, before the catalogue's. What its schema does not take
 *       now is parked with the delivery's number, and so is what comes after it; a job stores it,
 *       the oldest first. Only what waits too long, or is too much, is lost: it is counted and
 *       named in the log by the tenant's id.
 *   <li>A measurement that cannot be believed is counted and left out; it never spoils the rest.
 *   <li>A vantage point is shared or a tenant's, and has credentials of its own. A scanner speaks
 *       only for the vantage point whose credential it presents; all that a tenant's vantage point
 *       measures is that tenant's alone.
 *   <li>What is taken of a delivery is what was in the vantage point's assignment; both follow one
 *       rule, {@link io.nettrace.scan.AssignmentPolicy}.
 *   <li>A vantage point is simulated or real for ever; the other kind is refused under its name.
 *   <li>Scanners of one vantage point share its targets: a slice of them is leased to one at a
 *       time, and leases are in the database, so any node may grant or extend them.
 *   <li>{@link io.nettrace.scan.DeliveryStored} is fired after the commit, on the same thread, so
 *       that what observers ask to trace travels in the acknowledgement.
 * </ul>
 */
@NullMarked
package io.nettrace.scan;

import org.jspecify.annotations.NullMarked;
