/**
 * Where scanners knock: {@code POST /scanner/v1/hello}, {@code /leases} and {@code /deliveries},
 * JSON by {@link io.nettrace.scanner.Wire}, the credential of their vantage point as bearer token.
 *
 * <p>Rules: the credential is looked at before the body, the body's size before its content; 401
 * says nothing of the reason, 400 and 413 mean the message itself is at fault and repeating is
 * useless, 409 that the vantage point may not speak under this name, 503 with {@code Retry-After}
 * that the scanner keeps the delivery and repeats it.
 */
@NullMarked
package io.nettrace.edge.scannerport;

import org.jspecify.annotations.NullMarked;
