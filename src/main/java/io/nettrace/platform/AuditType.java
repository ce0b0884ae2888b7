package io.nettrace.platform;

/** A kind of change; each component has an enum of its own. */
public interface AuditType {
  /** Noun and verb of the past, such as {@code apikey.revoked}. */
  String type();
}
