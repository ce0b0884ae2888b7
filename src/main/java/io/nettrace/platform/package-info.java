/**
 * What every component stands on: settings, the database, its change logs, secrets and the clock.
 * No business word lives here.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A component's settings are {@link io.nettrace.platform.Setting} constants in its one
 *       configuration record. All of them are checked before anything else starts, and each refusal
 *       names property, value, reason and remedy.
 *   <li>SQL runs through {@link io.nettrace.platform.Database}; a database that cannot be reached
 *       is always a {@link io.nettrace.platform.DatabaseUnavailableException}.
 *   <li>Nothing reads or writes tables before {@link io.nettrace.platform.DatabaseReady} was
 *       observed. What has to be done in an order then names its {@link
 *       io.nettrace.platform.StartPhase}.
 *   <li>Nodes that keep in memory what stands in the database tell each other of changes through
 *       {@link io.nettrace.platform.Signals}, and read everything anew when some may have been
 *       missed.
 * </ul>
 */
@NullMarked
package io.nettrace.platform;

import org.jspecify.annotations.NullMarked;
