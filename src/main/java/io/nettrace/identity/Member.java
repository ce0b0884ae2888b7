package io.nettrace.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who belongs to a tenant.
 *
 * @param secondFactor whether the person has a second factor
 */
public record Member(
    UUID tenantId,
    UUID accountId,
    EmailAddress email,
    PersonName name,
    Role role,
    Instant since,
    boolean secondFactor) {}
