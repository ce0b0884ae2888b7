/**
 * Where addresses are and who runs them, as far as a source says so and light allows it.
 *
 * <pre>
 *   city file, ASN file (MaxMind's format, replaced at will) ──┐
 *   reverse names ─────────────────────────────────────────────┼─► GeoSources ─► Places
 *   the lab's own table (only for what is simulated) ──────────┘        │
 *                                                     catalog.ip_geo_cache
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>What is unknown is absent; nothing is guessed.
 *   <li>A place is checked against the speed of light from the vantage point: an answer that came
 *       sooner than light in fibre travels there and back proves the source wrong.
 *   <li>Addresses of special ranges have no place, except the lab's, in the lab.
 *   <li>A file that is missing, half-written or corrupt never takes the service down: the last good
 *       one stays in use, and health and log say so.
 * </ul>
 */
@NullMarked
package io.nettrace.geo;

import org.jspecify.annotations.NullMarked;
