/**
 * The read API, version 1: JSON over HTTP under {@code /api/v1}, described by {@code
 * META-INF/openapi.yaml}.
 *
 * <p>A resource per noun, its methods a visible chain: read the query → find the target → ask a
 * façade → render. Rules:
 *
 * <ul>
 *   <li>Every call carries a key, in a header, never in the address.
 *   <li>Every refusal is a {@link io.nettrace.platform.problem.Problem}, made in {@link
 *       io.nettrace.edge.api.v1.Refusals} and mapped in {@link
 *       io.nettrace.edge.api.v1.ProblemMapper}, nowhere else.
 *   <li>Delays are milliseconds with fractional digits; what is unknown is absent.
 *   <li>Every number stands with its method, mode, vantage point, whether it is simulated, when it
 *       was observed, from how many probes, and the loss.
 *   <li>{@code /latency/{host}}, {@code /targets} and {@code /rankings} are answered from memory.
 *   <li>Query parameters that are not documented are refused, so that a typing mistake is seen.
 * </ul>
 */
@NullMarked
package io.nettrace.edge.api.v1;

import org.jspecify.annotations.NullMarked;
