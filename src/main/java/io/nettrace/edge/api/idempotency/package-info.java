/**
 * Writes that may be sent again: a client that does not know whether its call arrived repeats it
 * with the same {@code Idempotency-Key}, and it is done once.
 *
 * <pre>
 *  claim ──► nobody has it: the call is done ──► its answer is kept for 24 h, sealed
 *     │                                     └──► "ask again" (5xx, 429): the key is free again
 *     ├──► the first one is still at it: 409
 *     ├──► it was for another call: 422
 *     └──► the first answer, byte for byte, with Idempotency-Replayed: true
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A key is looked for among those of the same tenant, the same person or API key, the same
 *       method and path only. It is compared with the call's query, {@code If-Match} and body.
 *   <li>However many nodes get the same call at the same time, one does it.
 *   <li>A node that dies in the middle holds a key for {@link
 *       io.nettrace.edge.api.idempotency.IdempotencyStore#CLAIM_LIFE} at most. What it had
 *       committed by then is done twice when the call comes again: the answer is kept after the
 *       call's own transaction, not in it.
 *   <li>Answers may hold what is shown once. They are sealed under a key that is made of the
 *       Idempotency-Key's text and the server's secret; of the text only a digest is stored. So a
 *       copy of the database opens none, and nor does the server until the client comes again.
 *   <li>Calls that need no credential, and people who act for no tenant, have no keys here: the
 *       header is ignored.
 * </ul>
 */
@NullMarked
package io.nettrace.edge.api.idempotency;

import org.jspecify.annotations.NullMarked;
