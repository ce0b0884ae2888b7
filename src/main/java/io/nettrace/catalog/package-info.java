/**
 * What is measured: the catalogue of endpoints that everybody may see, and the ones that tenants
 * name for themselves.
 *
 * <pre>
 *   targets.json ──► Targets                                    everybody's
 *   CustomTargets ──► custom_targets (tenant's schema)          one tenant's
 *        └─ TargetSync ──► platform.assigned_targets ─ signal ─► ScheduledTargets (memory)
 * </pre>
 *
 * <p>The catalogue is {@code targets.json}, held to its schema and to the rules a schema cannot
 * say. A mistake stops the start and is named by file, JSON pointer and reason. Ids and hosts are
 * unique; a host is a name in lower case, never an address, and never one that only means this
 * machine or this network.
 *
 * <p>Rules of tenants' targets:
 *
 * <ul>
 *   <li>The tenant's schema is the truth; what scanners are told follows it, also after a crash.
 *   <li>A host passes {@link io.nettrace.scanner.HostRules}, an address also {@link
 *       io.nettrace.scanner.AddressPolicy}; scanners ask that policy again at each resolution.
 *   <li>Limits of the plan hold under concurrency: changes of one tenant wait for each other.
 *   <li>Hosts and names of tenants' targets are in no log.
 * </ul>
 */
@NullMarked
package io.nettrace.catalog;

import org.jspecify.annotations.NullMarked;
