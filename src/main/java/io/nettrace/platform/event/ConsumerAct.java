package io.nettrace.platform.event;

import io.nettrace.platform.AuditType;

/** What operators do with events that a consumer gave up. */
enum ConsumerAct implements AuditType {
  REPLAYED("event.replayed"),
  DROPPED("event.dropped");

  private final String type;

  ConsumerAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
