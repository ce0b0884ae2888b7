package io.nettrace.identity;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * List of common and breached passwords: some 30,000 of all lengths word for word, and those of the
 * most common million that have eight characters or more in a Bloom filter, which holds each of
 * them and takes about one other text in 800 for one.
 */
final class CommonPasswords {
  static final int LEAST_IN_FILTER = PasswordRules.LEAST_WITH_SECOND_FACTOR;
  private static final String FILTER = "common-passwords.bloom";
  private static final int BITS_PER_ENTRY = 14;
  private static final int HASHES = 10;

  private final Set<String> words;
  private final byte[] bits;

  private CommonPasswords(Set<String> words, byte[] bits) {
    this.words = words;
    this.bits = bits;
  }

  static CommonPasswords load() {
    try (InputStream in =
            Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(FILTER), FILTER);
        DataInputStream data = new DataInputStream(in)) {
      byte[] bits = new byte[data.readInt()];
      data.readFully(bits);
      return new CommonPasswords(
          Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies()), bits);
    } catch (IOException e) {
      throw new UncheckedIOException("the list of common passwords cannot be read", e);
    }
  }

  /** Writes a filter of these, in lower case. */
  static void write(Collection<String> passwords, OutputStream out) throws IOException {
    byte[] bits = new byte[passwords.size() * BITS_PER_ENTRY / Byte.SIZE + 1];
    for (String password : passwords) {
      long[] hash = hash(password);
      for (int i = 0; i < HASHES; i++) {
        long bit = bit(hash, i, bits);
        bits[(int) (bit / Byte.SIZE)] |= (byte) (1 << bit % Byte.SIZE);
      }
    }
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(bits.length);
    data.write(bits);
    data.flush();
  }

  /** Whether this is one of them, in lower case. */
  boolean contains(String password) {
    return words.contains(password)
        || (password.codePointCount(0, password.length()) >= LEAST_IN_FILTER
            && isInFilter(password));
  }

  private boolean isInFilter(String password) {
    long[] hash = hash(password);
    for (int i = 0; i < HASHES; i++) {
      long bit = bit(hash, i, bits);
      if ((bits[(int) (bit / Byte.SIZE)] & 1 << bit % Byte.SIZE) == 0) {
        return false;
      }
    }
    return true;
  }

  private static long bit(long[] hash, int i, byte[] bits) {
    return Long.remainderUnsigned(hash[0] + i * hash[1], (long) bits.length * Byte.SIZE);
  }

  private static long[] hash(String password) {
    ByteBuffer digest = ByteBuffer.wrap(OpaqueToken.digest(password));
    return new long[] {digest.getLong(), digest.getLong() | 1};
  }
}
