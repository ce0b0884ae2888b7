package io.nettrace.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Name and version by which a type of events is stored. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
  /** Noun and verb of the past, such as {@code route.changed}. */
  String value();

  /** Raised when a reader of the earlier version could not read a body any more. */
  int version() default 1;

  /**
   * True when it is kept for a day only: one of very many, which tell of what is on record
   * elsewhere.
   */
  boolean brief() default false;

  /** When it happens, in one sentence. */
  String when();
}
