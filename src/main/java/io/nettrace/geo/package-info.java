/**
 * What is known of an address: today the autonomous system that announces it, as far as {@code
 * catalog.ip_geo_cache} holds it.
 *
 * <p>Rule: what is unknown is absent; nothing is guessed.
 */
@NullMarked
package io.nettrace.geo;

import org.jspecify.annotations.NullMarked;
