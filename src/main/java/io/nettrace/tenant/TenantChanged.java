package io.nettrace.tenant;

/** A tenant is new or in another state; fired after the commit, on every node. */
public record TenantChanged(Tenant tenant) {}
