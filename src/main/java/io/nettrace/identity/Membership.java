package io.nettrace.identity;

import java.util.UUID;

/** One of the tenants that a person belongs to. */
public record Membership(UUID tenantId, Role role) {}
