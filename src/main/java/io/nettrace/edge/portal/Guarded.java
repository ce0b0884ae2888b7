package io.nettrace.edge.portal;

import io.nettrace.desk.Action;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Actions that a method of a page's bean does, so that the desk is asked before it runs. It guards
 * calls that come from a page, not those of a bean to itself.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Guarded {
  /** Actions that the method does. */
  @Nonbinding
  Action[] value() default {};

  /** Actions of a method that takes in several forms; a form that is not named is refused. */
  @Nonbinding
  Form[] forms() default {};

  /** A form of the page, as its {@code do} names it. */
  @interface Form {
    String value();

    Action needs();
  }
}
