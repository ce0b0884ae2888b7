/**
 * The system calls of Linux that the prober and the lab need, and nothing else: the only place that
 * uses {@code java.lang.foreign}. A failed call is a {@link io.nettrace.posix.PosixException} that
 * names operation, subject and errno.
 */
@NullMarked
package io.nettrace.posix;

import org.jspecify.annotations.NullMarked;
