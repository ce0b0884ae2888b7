/** JSON documents that people write by hand, held to a JSON Schema. Plain Java. */
@NullMarked
package io.nettrace.platform.json;

import org.jspecify.annotations.NullMarked;
