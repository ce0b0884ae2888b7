/** What all edges have in common: the list of settings. */
@NullMarked
package io.nettrace.edge;

import org.jspecify.annotations.NullMarked;
