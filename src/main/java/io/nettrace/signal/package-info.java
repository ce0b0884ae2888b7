/** What the record shows that a single measurement does not. */
@NullMarked
package io.nettrace.signal;

import org.jspecify.annotations.NullMarked;
