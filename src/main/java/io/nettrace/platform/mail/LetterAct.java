package io.nettrace.platform.mail;

import io.nettrace.platform.AuditType;

/** What owners of mailboxes do by the link in a letter; the subject is the letter. */
enum LetterAct implements AuditType {
  BLOCKED("letters.blocked"),
  BLOCK_LIFTED("letters.block-lifted");

  private final String type;

  LetterAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
