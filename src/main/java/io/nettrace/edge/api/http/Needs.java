package io.nettrace.edge.api.http;

import io.nettrace.desk.Action;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Action that a call asks for. Every method of a resource carries either this or {@link Open}; one
 * without either is not deployed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
  /** What the desk decides on. */
  Action value();

  /** What it costs; there is no default, so that nothing is without a bound. */
  Cost cost();
}
