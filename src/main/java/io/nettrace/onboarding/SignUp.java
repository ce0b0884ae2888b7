package io.nettrace.onboarding;

/** What somebody writes who signs up. */
public record SignUp(String email, String password, String name, String organisation, String slug) {
  @Override
  public String toString() {
    return "SignUp[" + slug + "]";
  }
}
