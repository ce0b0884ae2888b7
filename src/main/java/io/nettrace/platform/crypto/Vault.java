package io.nettrace.platform.crypto;

import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Seals values that stand in the database. Form of a sealed value: version 2, the data key's id, a
 * box of {@link SealKey}. Version 1 is a box of a key that was derived from the installation's
 * secret itself, and is only opened.
 */
@Service
public class Vault {
  /** A sealed value is a secret, not a document. */
  public static final int MOST_BYTES = 64 << 10;

  private static final byte VERSION = 2;
  private static final int HEAD_BYTES = 1 + 2 * Long.BYTES;

  private final DataKeys dataKeys;
  private final InstallationKeys keys;

  @Inject
  public Vault(DataKeys dataKeys, InstallationKeys keys) {
    this.dataKeys = dataKeys;
    this.keys = keys;
  }

  public byte[] seal(Tx tx, SealedPlace place, byte[] plain) throws SQLException {
    if (plain.length > MOST_BYTES) {
      throw new IllegalArgumentException("at most " + MOST_BYTES + " bytes are sealed");
    }
    DataKeys.DataKey key = dataKeys.of(tx, place.tenantId());
    byte[] box = key.key().seal(place.bytes(key.id()), plain);
    return ByteBuffer.allocate(HEAD_BYTES + box.length)
        .put(VERSION)
        .putLong(key.id().getMostSignificantBits())
        .putLong(key.id().getLeastSignificantBits())
        .put(box)
        .array();
  }

  /**
   * Empty when it was sealed for another place or tampered with, or its tenant's key is shredded.
   */
  public Optional<byte[]> open(Tx tx, SealedPlace place, byte[] sealed) throws SQLException {
    if (!isCurrent(sealed) || sealed.length <= HEAD_BYTES) {
      return Optional.empty();
    }
    ByteBuffer rest = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    UUID keyId = new UUID(rest.getLong(), rest.getLong());
    byte[] box = new byte[rest.remaining()];
    rest.get(box);
    return dataKeys
        .find(tx, keyId)
        .filter(key -> key.tenantId().equals(place.tenantId()))
        .flatMap(key -> key.key().open(place.bytes(keyId), box));
  }

  /** Whether a value has the form that is written now; another is written again when it is used. */
  public static boolean isCurrent(byte[] sealed) {
    return sealed.length > 0 && sealed[0] == VERSION;
  }

  /**
   * Opens a value of version 1.
   *
   * @param purpose of the key that sealed it
   */
  public Optional<byte[]> openEarlier(String purpose, byte[] associated, byte[] sealed) {
    return keys.openEarlier(purpose, associated, sealed);
  }
}
