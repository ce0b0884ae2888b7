package io.nettrace.edge.api.idempotency;

import java.util.UUID;

/**
 * A call with an Idempotency-Key.
 *
 * @param derived what the key comes to for this caller, method and path
 * @param fingerprint SHA-256 of what else decides what the call does
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyedCall(UUID tenantId, KeyDerivation.Derived derived, byte[] fingerprint) {}
