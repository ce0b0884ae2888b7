/** The public front: what it costs, how the API is spoken, and whether the service is well. */
@NullMarked
package io.nettrace.edge.portal.open;

import org.jspecify.annotations.NullMarked;
