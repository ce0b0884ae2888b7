/**
 * The part of the API by which tenants run themselves: signing up and in, people, keys, limits, the
 * tenant. A resource per noun, its methods a visible chain: read → ask a façade → say what came of
 * it.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>The tenant is the caller's; an id in an address is only ever looked for within it, so that
 *       another tenant's is not found.
 *   <li>Secrets are shown once, in the answer that made them.
 *   <li>What concerns people and their credentials is not counted against the day's calls.
 * </ul>
 */
@NullMarked
package io.nettrace.edge.api.account;

import org.jspecify.annotations.NullMarked;
