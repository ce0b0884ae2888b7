package io.nettrace.sample;

import io.nettrace.platform.AuditType;

/** What is done to measurements of the record afterwards; the subject is the target. */
enum CorrectionAct implements AuditType {
  CORRECTED("measurement.corrected"),
  RETRACTED("measurement.retracted");

  private final String type;

  CorrectionAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
