/** The console of those who run this installation. */
@NullMarked
package io.nettrace.edge.portal.console;

import org.jspecify.annotations.NullMarked;
