/**
 * Whether this node lives and may be sent requests ({@code /health}), and what it counts ({@code
 * /metrics}).
 *
 * <p>Rule: a silent scanner is told as data and does not make the node unready: what was measured
 * before can still be read.
 */
@NullMarked
package io.nettrace.edge.health;

import org.jspecify.annotations.NullMarked;
