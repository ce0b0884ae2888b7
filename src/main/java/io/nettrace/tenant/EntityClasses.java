package io.nettrace.tenant;

import java.util.List;

/** A component whose tables in tenants' schemas are mapped to entities. */
public interface EntityClasses {
  List<Class<?>> entities();
}
