package io.nettrace.platform.crypto;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The key that wraps data keys, and earlier ones that still open what they wrapped. */
public final class InstallationKeys {
  private static final String PURPOSE = "nettrace installation key 1";
  private static final String ID_PURPOSE = "nettrace installation key id 1";
  private static final int ID_BYTES = 8;

  private final List<String> secrets;
  private final List<Wrapping> all;

  /** A key by its id, which tells nothing of it. */
  record Wrapping(String id, SealKey key) {
    static Wrapping of(String secret) {
      return new Wrapping(
          HexFormat.of().formatHex(Derivation.of(secret, ID_PURPOSE, ID_BYTES)),
          SealKey.of(Derivation.of(secret, PURPOSE, SealKey.BYTES)));
    }
  }

  public InstallationKeys(String current, List<String> earlier) {
    this.secrets = Stream.concat(Stream.of(current), earlier.stream()).distinct().toList();
    this.all = secrets.stream().map(Wrapping::of).toList();
  }

  Wrapping current() {
    return all.getFirst();
  }

  List<String> ids() {
    return all.stream().map(Wrapping::id).toList();
  }

  Optional<Wrapping> find(String id) {
    return all.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /** Opens what an earlier release sealed with a key of the installation's secret itself. */
  Optional<byte[]> openEarlier(String purpose, byte[] associated, byte[] box) {
    return secrets.stream()
        .map(secret -> SealKey.of(Derivation.of(secret, purpose, SealKey.BYTES)))
        .flatMap(key -> key.open(associated, box).stream())
        .findFirst();
  }
}
