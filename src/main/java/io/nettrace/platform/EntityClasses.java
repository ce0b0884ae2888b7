package io.nettrace.platform;

import java.util.List;

/**
 * A component whose tables are mapped to entities: those of the platform by {@code schema =
 * "platform"}, those in tenants' schemas without a schema.
 */
public interface EntityClasses {
  List<Class<?>> entities();
}
