package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
  private static final UUID ACCOUNT = UUID.fromString("0192f000-0000-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("0192f000-0000-7000-8000-000000000002");
  private static final byte[] SECRET = {1, 2, 3, 4};
  private final SecretBox box = new SecretBox("a key");

  @Test
  void onlyTheSameKeyAndAccountOpenIt() {
    byte[] sealed = box.seal(ACCOUNT, SECRET);
    assertThat(box.open(ACCOUNT, sealed))
        .hasValueSatisfying(it -> assertThat(it).isEqualTo(SECRET));
    assertThat(new SecretBox("a key").open(ACCOUNT, sealed)).isPresent();
    assertThat(new SecretBox("another").open(ACCOUNT, sealed)).isEmpty();
    assertThat(box.open(OTHER, sealed)).isEmpty();
  }

  @Test
  void everyChangedByteIsNoticed() {
    byte[] sealed = box.seal(ACCOUNT, SECRET);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(box.open(ACCOUNT, changed)).as("byte " + i).isEmpty();
    }
    assertThat(box.open(ACCOUNT, new byte[0])).isEmpty();
  }

  @Test
  void theSameSecretLooksDifferentEachTime() {
    assertThat(box.seal(ACCOUNT, SECRET)).isNotEqualTo(box.seal(ACCOUNT, SECRET));
  }
}
