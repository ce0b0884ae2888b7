/** Secrets in files; plain Java, because the launcher keeps its own the same way. */
@NullMarked
package io.nettrace.platform.secret;

import org.jspecify.annotations.NullMarked;
