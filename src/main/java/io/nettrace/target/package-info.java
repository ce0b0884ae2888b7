/**
 * The catalogue of endpoints that everybody may see: {@code targets.json}, held to its schema and
 * to the rules a schema cannot say. A mistake stops the start and is named by file, JSON pointer
 * and reason.
 *
 * <p>Rules: ids and hosts are unique; a host is a name in lower case, never an address, and never
 * one that only means this machine or this network.
 */
@NullMarked
package io.nettrace.target;

import org.jspecify.annotations.NullMarked;
