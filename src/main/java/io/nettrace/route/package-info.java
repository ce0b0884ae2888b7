/**
 * Path identity and change detection. The core ({@link io.nettrace.route.CanonicalPath}, {@link
 * io.nettrace.route.RouteTracker}) is pure: traces in, verdicts out; {@link
 * io.nettrace.route.Routes} keeps its state.
 *
 * <pre>
 *            same route                        agrees, often enough
 *   ┌─────────────────────────┐          ┌──────────────────────────► RouteChange, new route
 *   ▼        differs          │          │
 *  KNOWN ──────────────► CANDIDATE ──────┤ the old route again ──────► KNOWN (a balancer learnt)
 *                        "trace now"     │ yet another path ─────────► CANDIDATE
 *                                        └ says nothing ─────────────► ask again, a few times
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A route belongs to (target, vantage point, method, address): another address of the same
 *       host has a route of its own. A new answer of the name service is an {@link
 *       io.nettrace.route.EdgeMove} and no change of route.
 *   <li>At each distance a path has a set of addresses. An address whose origin is known counts as
 *       its autonomous system and prefix (/24, /48), so that another interface of the same site is
 *       nobody new; any other address, and the destination, counts as itself.
 *   <li>Two paths differ at a distance when both sets are known and share nobody. Silence, loss and
 *       refused answers are unknown and so differ from nothing. A destination behind silent hops
 *       has an uncertain distance.
 *   <li>A change needs a first trace and a confirming one; where a single hop differs (the look of
 *       a load balancer) it needs two confirming ones.
 *   <li>A further address at a hop becomes part of the set when a second trace shows it, so that a
 *       trace taken in the middle of a change hides nothing.
 *   <li>Newcomers at one balanced hop between neighbours that agree are further members when an old
 *       member is seen again, and a change when for several traces none is.
 *   <li>It is a change of AS path only if no choice for the unknown hops makes the systems passed
 *       the same; a balanced one if only members of balanced hops were exchanged.
 *   <li>The hash names a route as it was when first seen; a route that comes back has its old name,
 *       and so has one that was named by an older version.
 *   <li>The effect of a change (delay, loss, ipdv before and after) is taken from bursts to the
 *       same address between the neighbouring changes, and kept with the change.
 * </ul>
 */
@NullMarked
package io.nettrace.route;

import org.jspecify.annotations.NullMarked;
