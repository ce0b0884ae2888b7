/**
 * The part of the API by which tenants say what is measured for them alone, and what they look at
 * together. What is measured is read where the catalogue is.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>The tenant is the caller's; an id in an address is only ever looked for within it, so that
 *       another tenant's is not found.
 *   <li>A change says in If-Match which version it was made of; what it does not say stays.
 *   <li>A body that is wrong is answered with everything that is wrong with it, by field.
 * </ul>
 */
@NullMarked
package io.nettrace.edge.api.catalog;

import org.jspecify.annotations.NullMarked;
