package io.nettrace.platform.json;

/** A JSON document is not what {@link StrictJson} takes. */
public final class JsonFaultException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient JsonFault fault;

  JsonFaultException(JsonFault fault) {
    super(fault.toString(), null, false, false);
    this.fault = fault;
  }

  public JsonFault fault() {
    return fault;
  }
}
