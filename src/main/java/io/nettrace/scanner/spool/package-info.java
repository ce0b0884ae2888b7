/**
 * Sealed deliveries on disk, until the control plane has acknowledged each: one file a delivery,
 * named so that files sort by age. Bounded; when it is full the oldest go first and are counted.
 */
@NullMarked
package io.nettrace.scanner.spool;

import org.jspecify.annotations.NullMarked;
