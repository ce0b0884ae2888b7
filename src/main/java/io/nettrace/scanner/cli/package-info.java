/** The scanner program's commands: run (measure for a control plane), trace, lab. */
@NullMarked
package io.nettrace.scanner.cli;

import org.jspecify.annotations.NullMarked;
