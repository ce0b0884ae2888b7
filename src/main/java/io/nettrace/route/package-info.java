/**
 * Path identity and change detection. The core ({@link io.nettrace.route.CanonicalPath}, {@link
 * io.nettrace.route.RouteHash}, {@link io.nettrace.route.RouteTracker}) is pure: traces in,
 * verdicts out; {@link io.nettrace.route.Routes} keeps its state.
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
 *       host has a route of its own, and a change of the name's answers is no change of route.
 *   <li>At each distance a path has a set of addresses; two paths differ at a distance when both
 *       sets are known and share nothing. Silence, loss and refused answers are unknown and so
 *       differ from nothing. A destination behind silent hops has an uncertain distance.
 *   <li>A change needs a first trace and a confirming one; where a single hop differs (the look of
 *       a load balancer) it needs two confirming ones.
 *   <li>A further address at a hop becomes part of the set when a second trace shows it, so that a
 *       trace taken in the middle of a change hides nothing.
 *   <li>Somebody new at one hop that is known to be balanced, between neighbours that agree, is a
 *       further member of the set and no change.
 *   <li>The hash names a route as it was when first seen; a route that comes back has its old name.
 * </ul>
 */
@NullMarked
package io.nettrace.route;

import org.jspecify.annotations.NullMarked;
