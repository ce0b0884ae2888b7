/**
 * Which texts are taken from outside: the one rule for names that people give, and the one mapping
 * of domain names. Plain Java.
 */
@NullMarked
package io.nettrace.platform.text;

import org.jspecify.annotations.NullMarked;
