/**
 * The API as a Java program speaks it: {@link io.nettrace.client.NetTrace} asks, and what comes
 * back is a record of {@link io.nettrace.client.ApiAnswers}.
 *
 * <p>Needs JDK 25, Jackson's databind, and nothing else of this project. Rules:
 *
 * <ul>
 *   <li>The key travels in a header and appears in no message.
 *   <li>A refusal is a {@link io.nettrace.client.ProblemException} with the problem's type and
 *       trace id; fields that a later version of the API adds are passed over.
 *   <li>Pages are fetched as they are read; a file that broke off is gone on with, and believed
 *       only when its digest is right.
 *   <li>A {@link io.nettrace.client.Feed} is polled; it goes by when things became known.
 * </ul>
 */
@NullMarked
package io.nettrace.client;

import org.jspecify.annotations.NullMarked;
