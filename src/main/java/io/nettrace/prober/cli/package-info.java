/** {@code trace <host>…}: the prober on a command line, without a server. */
@NullMarked
package io.nettrace.prober.cli;

import org.jspecify.annotations.NullMarked;
