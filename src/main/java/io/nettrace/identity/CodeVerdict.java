package io.nettrace.identity;

/** What a typed code is to a person's authenticator app. */
enum CodeVerdict {
  RIGHT,
  /** The app's own code of a moment that was used already: no guess, and good for nothing. */
  USED,
  WRONG
}
