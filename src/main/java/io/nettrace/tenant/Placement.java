package io.nettrace.tenant;

/**
 * Where a tenant's data lives.
 *
 * @param cell the login under which its connections are made; at most a few hundred tenants share
 *     one
 * @param schema its PostgreSQL schema
 * @param role the role without login that alone may read and write the schema, and has its name
 * @param version how many change sets the schema has had when it was looked up
 */
public record Placement(int cell, String schema, String role, int version) {}
