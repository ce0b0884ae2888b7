/** Errors as RFC 9457 problem documents: one shape for everything that the outside is told. */
@NullMarked
package io.nettrace.platform.problem;

import org.jspecify.annotations.NullMarked;
