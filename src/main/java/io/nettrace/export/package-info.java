/**
 * Measurements as files, in every format that is offered, and exports that are ordered, made in the
 * background and fetched later.
 *
 * <pre>
 *   order ──► queued ──► running ──► done ──► expired
 *                │          │ ▲
 *                │          │ └── a job: whose node died, or that failed, is resumed file by file
 *                └──────────┴──► cancelled, failed
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Every format holds the same columns; a file that broke off can be told from a whole one.
 *   <li>Finished bytes stand in the database, in pieces, so that any node can hand them out; each
 *       file has its SHA-256, and the manifest names all of them.
 *   <li>An order's range and {@code as_of} are fixed when it is taken: it can be made again and
 *       comes out the same.
 * </ul>
 */
@NullMarked
package io.nettrace.export;

import org.jspecify.annotations.NullMarked;
