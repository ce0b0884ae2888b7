package io.nettrace.export;

import io.nettrace.platform.AuditType;

/** What is done to exports; the subject is the export. */
enum ExportAct implements AuditType {
  ORDERED("export.ordered"),

  /** Its files are thrown away. */
  CANCELLED("export.cancelled");

  private final String type;

  ExportAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
