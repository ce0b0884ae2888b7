package io.nettrace.platform.job;

import io.nettrace.platform.AuditType;

/** What operators do to jobs. */
public enum JobAct implements AuditType {
  REPLAYED("job.replayed"),
  CANCELLED("job.cancelled"),
  DROPPED("job.dropped");

  private final String type;

  JobAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
