package io.nettrace.scan;

import io.nettrace.platform.AuditType;

/** What is done to vantage points and their credentials; the subject is the vantage point. */
enum VantagePointAct implements AuditType {
  /** By a scanner with the shared token. */
  INTRODUCED("vantage-point.introduced"),
  REGISTERED("vantage-point.registered"),
  POLICY_CHANGED("vantage-point.policy-changed"),
  CREDENTIAL_ISSUED("vantage-point.credential-issued"),
  CREDENTIAL_ROTATED("vantage-point.credential-rotated"),
  CREDENTIAL_REVOKED("vantage-point.credential-revoked");

  private final String type;

  VantagePointAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
