/**
 * The talk with the control plane over HTTP: introduces the scanner, brings its assignment, carries
 * sealed deliveries in order until each is acknowledged. Patient: an unreachable control plane
 * costs nothing but time.
 */
@NullMarked
package io.nettrace.scanner.courier;

import org.jspecify.annotations.NullMarked;
