/**
 * The lab's command: runs any program inside a simulated internet, with its names, and passes the
 * program's exit code on.
 */
@NullMarked
package io.nettrace.lab.cli;

import org.jspecify.annotations.NullMarked;
