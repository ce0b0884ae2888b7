package io.nettrace.identity;

/** What somebody without an account typed to get one. */
public record NewPerson(String name, String password) {
  @Override
  public String toString() {
    return "NewPerson";
  }
}
