package io.nettrace.edge.api.idempotency;

/** An answer's body, sealed and bound to the name that it is kept under. */
final class SealedBody {
  private SealedBody() {}

  static byte[] seal(KeyDerivation.Derived derived, byte[] body) {
    return derived.key().seal(derived.name(), body);
  }

  /** Its name was derived together with its key, so only a change of the row keeps it shut. */
  static byte[] open(KeyDerivation.Derived derived, byte[] sealed) {
    return derived
        .key()
        .open(derived.name(), sealed)
        .orElseThrow(() -> new IllegalStateException("a kept answer was tampered with"));
  }
}
