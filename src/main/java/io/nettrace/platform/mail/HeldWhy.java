package io.nettrace.platform.mail;

/** Why a letter was held back. */
public enum HeldWhy {
  /** The owner of the address used the block link. */
  BLOCKED("the address is blocked by its owner"),
  RECIPIENT_HOUR("too many letters to this address in an hour"),
  RECIPIENT_DAY("too many letters to this address in a day"),
  TENANT("too many letters of one tenant in a day"),
  SOURCE("too many letters from one network in an hour"),
  INSTALLATION("too many letters of this installation in an hour");

  private final String words;

  HeldWhy(String words) {
    this.words = words;
  }

  /** As a part of a sentence. */
  public String words() {
    return words;
  }
}
