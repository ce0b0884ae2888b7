package io.nettrace.identity;

/**
 * What is kept of a password.
 *
 * @param text PHC string: algorithm, parameters, salt and hash
 * @param standsAlone whether the password is long enough to be the only factor
 */
public record PasswordHash(String text, boolean standsAlone) {
  @Override
  public String toString() {
    return "PasswordHash[standsAlone=" + standsAlone + "]";
  }
}
