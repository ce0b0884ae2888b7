/**
 * The canary tenants' attacks at the API: what one of them can try on the other with nothing but a
 * key and what it may have seen. The attacks on the database are {@link
 * io.nettrace.tenant.Canaries}' own.
 */
@NullMarked
package io.nettrace.edge.canary;

import org.jspecify.annotations.NullMarked;
