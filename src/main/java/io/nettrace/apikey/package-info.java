/**
 * Keys to the API: a tenant's, issued once, recognised by a digest, checked without asking the
 * database.
 *
 * <p>Form: {@code ntk_live_} or {@code ntk_test_}, 30 base62 characters, and 6 base62 characters
 * that are the CRC-32 of the 30, so that a mistyped key is told from an unknown one without looking
 * it up.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>The key itself is never stored, only its HMAC-SHA-256 under the server's pepper.
 *   <li>A revoked key is refused at once on the node that revoked it, and within a second on every
 *       other. An expired one is refused from its time on.
 *   <li>A key is good for its scopes only, and from its networks only. A test key may only read.
 *   <li>A key that was issued on another node works at once; strangers cannot make this node hammer
 *       the database by inventing keys.
 *   <li>A tenant has as many live keys as its plan allows. A smaller plan withdraws none; until
 *       enough are withdrawn there is no new one, and rotating goes on.
 *   <li>No tenant sees, rotates or revokes a key of another: its id is not found.
 *   <li>When a key was last used is written down later, never while it is checked.
 * </ul>
 */
@NullMarked
package io.nettrace.apikey;

import org.jspecify.annotations.NullMarked;
