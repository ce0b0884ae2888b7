/** Pages about people: signing up, in and out, their factors and sessions, and their tenant. */
@NullMarked
package io.nettrace.edge.portal.people;

import org.jspecify.annotations.NullMarked;
