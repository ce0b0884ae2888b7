package io.nettrace.catalog;

import io.nettrace.platform.AuditType;

/** What is done to targets and watch lists of tenants; the subject is the target or the list. */
enum TargetAct implements AuditType {
  ADDED("target.added"),
  CHANGED("target.changed"),
  REMOVED("target.removed"),
  LIST_CREATED("watchlist.created"),
  LIST_CHANGED("watchlist.changed"),
  LIST_REMOVED("watchlist.removed");

  private final String type;

  TargetAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
