/**
 * Keys to the API: issued once, recognised by a digest, checked without asking the database.
 *
 * <p>Form: {@code ntk_live_}, 30 base62 characters, and 6 base62 characters that are the CRC-32 of
 * the 30, so that a mistyped key is told from an unknown one without looking it up.
 *
 * <p>Rules: the key itself is never stored, only its HMAC-SHA-256 under the server's pepper; a
 * revoked key is refused at once.
 */
@NullMarked
package io.nettrace.apikey;

import org.jspecify.annotations.NullMarked;
