/** Which times are taken from outside: one parser and one bound. Plain Java. */
@NullMarked
package io.nettrace.platform.time;

import org.jspecify.annotations.NullMarked;
