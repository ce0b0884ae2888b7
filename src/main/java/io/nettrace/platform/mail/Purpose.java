package io.nettrace.platform.mail;

/**
 * What a letter is for, and how many of its kind one address gets. Letters that the owner of an
 * address never agreed to share one bound over all purposes; each purpose that the owner confirmed
 * has its own.
 */
public enum Purpose {
  SIGN_UP,
  INVITATION,
  NEW_ADDRESS,
  PASSWORD_RESET(3, 10),
  ACCOUNT_NOTICE(20, 60),
  QUOTA_NOTICE(10, 40);

  private static final int UNAGREED_HOUR = 3;
  private static final int UNAGREED_DAY = 10;

  private final boolean agreed;
  private final int mostPerHour;
  private final int mostPerDay;

  Purpose() {
    this.agreed = false;
    this.mostPerHour = UNAGREED_HOUR;
    this.mostPerDay = UNAGREED_DAY;
  }

  Purpose(int mostPerHour, int mostPerDay) {
    this.agreed = true;
    this.mostPerHour = mostPerHour;
    this.mostPerDay = mostPerDay;
  }

  /** Whether the owner of the address confirmed that such letters come. */
  public boolean agreed() {
    return agreed;
  }

  /** Letters an hour to one address. */
  public int mostPerHour() {
    return mostPerHour;
  }

  /** Letters a day to one address. */
  public int mostPerDay() {
    return mostPerDay;
  }
}
