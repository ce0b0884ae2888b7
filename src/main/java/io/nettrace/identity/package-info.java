/** Who people are, and what they may do in a tenant. */
@NullMarked
package io.nettrace.identity;

import org.jspecify.annotations.NullMarked;
