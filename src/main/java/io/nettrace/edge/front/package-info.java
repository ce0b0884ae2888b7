/**
 * Front filter: what every request passes before anything else looks at it, and before any work is
 * done for it.
 *
 * <pre>
 * codec ─► CodecFilter: malformed address or method → 400, 501; headers of every answer
 *       ─► FrontFilter: plane → host → client's address → requests at once → whole body → work permit ─► application
 * </pre>
 *
 * <p>The server's listeners are opened once the application serves, and refuse everything before it
 * stops; the launcher says when.
 *
 * <p>Rules: nothing is worked on before its body is there, so a slow sender holds memory for one
 * body and no permit; a permit is given back when the answer begins to be written, so a slow reader
 * holds none either; half of all permits are for callers who have shown a good credential lately;
 * {@code /health/live} needs no permit. Who is refused is told when to come again, and costs at
 * most one line of log in ten seconds.
 */
@NullMarked
package io.nettrace.edge.front;

import org.jspecify.annotations.NullMarked;
