/**
 * Pages about what is measured: all targets at a glance, one target in depth, several beside each
 * other, what changed. {@code Board} knows which targets a visitor sees and how they stand.
 */
@NullMarked
package io.nettrace.edge.portal.record;

import org.jspecify.annotations.NullMarked;
