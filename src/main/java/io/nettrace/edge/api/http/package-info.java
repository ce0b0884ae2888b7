/**
 * What every resource of the API stands on: who calls, what the call may do, queries, bodies,
 * cursors, pages with validators, and refusals as problem documents. No resource lives here.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Every refusal is a {@link io.nettrace.platform.problem.Problem} thrown as a {@link
 *       io.nettrace.edge.api.http.RefusalException} and mapped in {@link
 *       io.nettrace.edge.api.http.ProblemMapper}, nowhere else.
 *   <li>Query parameters and members of bodies that are not documented are refused, so that a
 *       typing mistake is seen.
 * </ul>
 */
@NullMarked
package io.nettrace.edge.api.http;

import org.jspecify.annotations.NullMarked;
