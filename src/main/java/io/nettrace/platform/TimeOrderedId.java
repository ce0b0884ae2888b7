package io.nettrace.platform;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by the time they were made (UUID version 7, RFC 9562). They are no secrets. */
public final class TimeOrderedId {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_BITS = 0x3fff_ffff_ffff_ffffL;

  private TimeOrderedId() {}

  public static UUID at(Instant now) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        (now.toEpochMilli() << 16) | VERSION | (random.nextLong() & 0xfff),
        VARIANT | (random.nextLong() & VARIANT_BITS));
  }
}
