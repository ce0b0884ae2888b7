/**
 * What the container itself refuses (no such address, a body it cannot take, a crash below us),
 * told as a problem document like everything else. It replaces the container's own pages.
 */
@NullMarked
package io.nettrace.edge.fault;

import org.jspecify.annotations.NullMarked;
