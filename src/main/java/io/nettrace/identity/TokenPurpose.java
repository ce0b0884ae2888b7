package io.nettrace.identity;

import java.time.Duration;

/** What a one-time token is good for, and for how long. */
public enum TokenPurpose {
  /** The address of somebody who signs up reaches them. */
  SIGN_UP(Duration.ofHours(2)),
  RESET(Duration.ofMinutes(30)),
  INVITATION(Duration.ofDays(7)),
  /** The password was right; a second factor is missing. */
  CHALLENGE(Duration.ofMinutes(5)),
  EMAIL_CHANGE(Duration.ofHours(2)),
  PASSKEY_REGISTRATION(Duration.ofMinutes(5)),
  PASSKEY_SIGN_IN(Duration.ofMinutes(5));

  private final Duration life;

  TokenPurpose(Duration life) {
    this.life = life;
  }

  public Duration life() {
    return life;
  }
}
