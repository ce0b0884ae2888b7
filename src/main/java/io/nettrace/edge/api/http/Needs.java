package io.nettrace.edge.api.http;

import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a call needs. Every method of a resource carries either this or {@link Open}; one without
 * either is not deployed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
  /** What the caller's role or key must allow; for what every signed-in person may do, none. */
  Permission[] value();

  /** What the tenant's plan must include. */
  Entitlement[] plan() default {};

  /** That a person does it, who is signed in; keys cannot. */
  boolean person() default false;

  /** That the person has shown a password or factor lately. */
  boolean stepUp() default false;

  /** Whether it may be done for a tenant that is suspended or being deleted. */
  boolean whileSuspended() default false;

  /** What it costs; there is no default, so that nothing is without a bound. */
  Cost cost();
}
