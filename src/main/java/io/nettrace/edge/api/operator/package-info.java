/**
 * The operator's door, {@code /operator/v1}: which tenants there are, on which plan, and in which
 * state; tenants declared in files; jobs that wait, run or are dead; vantage points and the
 * credentials of their scanners; what happened and who did it. Spoken by the command {@code
 * nettrace}; not part of the API that tenants see.
 *
 * <p>Rules: every call carries the operator's token; every change is what a façade does, nothing is
 * decided here.
 */
@NullMarked
package io.nettrace.edge.api.operator;

import org.jspecify.annotations.NullMarked;
