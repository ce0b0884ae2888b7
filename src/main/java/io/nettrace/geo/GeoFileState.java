package io.nettrace.geo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How a database file fares.
 *
 * @param readAt when the one in use was read; empty when none ever was
 * @param builtAt when its maker built it
 * @param problem why the newest file is not in use; empty when it is
 */
public record GeoFileState(
    Path file, Optional<Instant> readAt, Optional<Instant> builtAt, Optional<String> problem) {}
