/**
 * Tenants and their schemas; the only place that hands out a tenant's connection.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Two walls: a transaction of a tenant runs under its role <em>and</em> with its schema as
 *       search path. A wrong path alone reads nothing.
 *   <li>Role and schema come from the tenant's record, never from a request.
 *   <li>No foreign key or join leaves a tenant's schema.
 * </ul>
 */
@NullMarked
package io.nettrace.tenant;

import org.jspecify.annotations.NullMarked;
