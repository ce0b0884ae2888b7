/** The reference of all settings. */
@NullMarked
package io.nettrace.configuration;

import org.jspecify.annotations.NullMarked;
