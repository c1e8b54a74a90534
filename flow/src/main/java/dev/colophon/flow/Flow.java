package dev.colophon.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class whose {@link Step} methods form a flow. It needs a constructor without arguments,
 * and no instance fields but those marked {@link Param}; each task gets an instance of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Flow {
  /** Name of the flow; by default the simple name of the class. */
  String value() default "";
}
