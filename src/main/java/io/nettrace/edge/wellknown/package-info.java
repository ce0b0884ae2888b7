/**
 * What programs find without knowing us: the catalogue of our APIs (RFC 9727), whom to tell of a
 * hole (RFC 9116), where a password is changed (W3C), what crawlers may read (RFC 9309), our sign.
 */
@NullMarked
package io.nettrace.edge.wellknown;

import org.jspecify.annotations.NullMarked;
