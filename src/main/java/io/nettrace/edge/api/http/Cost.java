package io.nettrace.edge.api.http;

/** What a call costs its tenant, and so what bounds it. Every method of a resource says it. */
public enum Cost {
  /** One of the plan's calls of the day, within the plan's rate and calls at once. */
  CALL,
  /** Nothing of the day; bounded by {@link UnmeteredCalls}. */
  UNMETERED
}
