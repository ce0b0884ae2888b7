package io.nettrace.testing;

import io.nettrace.catalog.TargetBeans;
import io.nettrace.identity.PeopleEntities;
import io.nettrace.platform.Entities;
import org.hibernate.SessionFactory;

/** The mapping of all components' entities, made once for all tests of this JVM. */
public final class TestEntities {
  private static final Entities ALL =
      new Entities(Beans.of(new PeopleEntities(), new TargetBeans()));

  private TestEntities() {}

  public static SessionFactory factory() {
    return ALL.factory();
  }
}
