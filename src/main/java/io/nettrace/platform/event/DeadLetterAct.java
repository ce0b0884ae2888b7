package io.nettrace.platform.event;

import io.nettrace.platform.AuditType;

/** What operators do with events that a consumer gave up. */
enum DeadLetterAct implements AuditType {
  REPLAYED("deadletter.replayed"),
  DROPPED("deadletter.dropped");

  private final String type;

  DeadLetterAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
