package io.nettrace.identity;

/** A password that was judged and hashed before the transaction that stores it. */
public sealed interface PreparedPassword {
  record Ready(PasswordHash hash) implements PreparedPassword {}

  /**
   * It may not be used.
   *
   * @param verdict never {@link PasswordVerdict.Acceptable}
   */
  record Refused(PasswordVerdict verdict) implements PreparedPassword {}

  /** Too many passwords are being hashed; ask again in a moment. */
  record Busy() implements PreparedPassword {}
}
