package io.nettrace.platform.mail;

import io.nettrace.platform.crypto.Sha256;
import java.util.Locale;

/** Mailboxes as limits and blocks know them: hashed, in one case, without a {@code +tag}. */
public final class Recipients {
  private Recipients() {}

  /** The key of the mailbox behind an address. */
  public static byte[] key(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    int tag = lower.indexOf('+');
    String mailbox = tag > 0 && tag < at ? lower.substring(0, tag) + lower.substring(at) : lower;
    return sha256(mailbox);
  }

  static byte[] sha256(String text) {
    return Sha256.of(text);
  }
}
