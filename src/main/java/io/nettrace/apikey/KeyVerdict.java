package io.nettrace.apikey;

/** What a presented key is worth. */
public sealed interface KeyVerdict {
  record Accepted(ApiKey key) implements KeyVerdict {}

  /** It was never a key: mistyped, cut off, or something else. */
  record Malformed() implements KeyVerdict {}

  /** It has the form of a key, but was not issued here. */
  record Unknown() implements KeyVerdict {}

  /** It was withdrawn. */
  record Revoked(ApiKey key) implements KeyVerdict {}

  /** Its time is over. */
  record Expired(ApiKey key) implements KeyVerdict {}

  /** It may not be used from where it was. */
  record AddressNotAllowed(ApiKey key) implements KeyVerdict {}
}
