/** What programs find without knowing us: the catalogue of our APIs (RFC 9727). */
@NullMarked
package io.nettrace.edge.wellknown;

import org.jspecify.annotations.NullMarked;
