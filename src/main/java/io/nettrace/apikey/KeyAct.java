package io.nettrace.apikey;

import io.nettrace.platform.AuditType;

/** What is done to API keys; the subject is the key's identifier. */
enum KeyAct implements AuditType {
  ISSUED("apikey.issued"),

  /** With the key that replaces it. */
  ROTATED("apikey.rotated"),
  REVOKED("apikey.revoked");

  private final String type;

  KeyAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
