package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class PasswordHashesTest {
  private static final int CHEAP_KIB = 64;
  private final PasswordHashes hashes = new PasswordHashes(CHEAP_KIB, new Semaphore(2));

  @Test
  void theHashSaysHowItWasMade() {
    String hash =
        new PasswordHashes(PasswordHashes.MEMORY_KIB, new Semaphore(1)).hash("x").orElseThrow();
    assertThat(hash).startsWith("$argon2id$v=19$m=47104,t=1,p=1$");
    assertThat(hashes.isOutdated(hash)).isTrue();
    assertThat(hashes.matches("x", hash)).contains(true);
    assertThat(hashes.isOutdated(hashes.hash("x").orElseThrow())).isFalse();
  }

  @Test
  void onePasswordHasManyHashes() {
    assertThat(hashes.hash("x")).isNotEqualTo(hashes.hash("x"));
  }

  @Test
  void itDoesNotMatterHowAKeyboardWritesAnAccent() {
    String hash = hashes.hash("caf\u00e9").orElseThrow();
    assertThat(hashes.matches("cafe\u0301", hash)).contains(true);
    assertThat(hashes.matches("cafe", hash)).contains(false);
  }

  @Test
  void aKnownHashOfAnotherProgramIsRecognised() {
    // argon2 of the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p
    // 1
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(hashes.matches("password", hash)).contains(true);
    assertThat(hashes.matches("passwore", hash)).contains(false);
  }

  @Test
  void whoFindsNoPlaceIsToldSo() {
    PasswordHashes none = new PasswordHashes(CHEAP_KIB, new Semaphore(0));
    assertThat(none.hash("x")).isEqualTo(Optional.empty());
  }
}
