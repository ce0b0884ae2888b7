package io.nettrace.identity;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.nettrace.platform.crypto.RandomBytes;
import io.nettrace.platform.text.Characters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Argon2id (RFC 9106). Each computation takes {@code memoryKib} of memory, so only a few run at
 * once; whoever would wait for long gets no answer instead.
 */
final class PasswordHashes {
  static final int MEMORY_KIB = 47_104; // 46 MiB, t=1, p=1: OWASP's first choice
  private static final int ITERATIONS = 1;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Argon2Function function;
  private final Semaphore places;
  private final RandomGenerator random = RandomBytes.generator();

  /**
   * @param places as many as may be computed at once
   */
  PasswordHashes(int memoryKib, Semaphore places) {
    function = Argon2Function.getInstance(memoryKib, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);
    this.places = places;
  }

  /** Empty when too many are computed already. */
  Optional<String> hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return inTurn(() -> function.hash(bytes(password), salt).getResult());
  }

  /** Whether {@code password} has the hash {@code stored}; empty when too many are computed. */
  Optional<Boolean> matches(String password, String stored) {
    if (Characters.hasHalf(password)) {
      // would have the bytes of a question mark
      return Optional.of(false);
    }
    Argon2Function then = Argon2Function.getInstanceFromHash(stored);
    return inTurn(() -> then.check(bytes(password), stored.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Whether it was made with other parameters than are used now. */
  boolean isOutdated(String stored) {
    return !Argon2Function.getInstanceFromHash(stored).equals(function);
  }

  private <T> Optional<T> inTurn(Supplier<T> work) {
    try {
      if (!places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      places.release();
    }
  }

  private static byte[] bytes(String password) {
    return PasswordRules.normal(password).getBytes(StandardCharsets.UTF_8);
  }
}
