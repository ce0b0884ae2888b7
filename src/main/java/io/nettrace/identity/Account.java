package io.nettrace.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * A person, as we know them.
 *
 * @param verified whether mail to the address is known to reach the person
 */
public record Account(
    UUID id, EmailAddress email, PersonName name, Instant createdAt, boolean verified) {}
