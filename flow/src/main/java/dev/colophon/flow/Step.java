package dev.colophon.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A node of the flow. Everything that the method depends on is in its signature: an argument bears
 * the name of a step whose value it takes, or of a {@link Param}, or is marked {@link Each} or
 * {@link Input}; further, a {@link TaskContext} or a {@link java.util.random.RandomGenerator} may
 * be asked for. What the method returns is stored by content.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Step {
  /** Name of the step; by default that of the method. */
  String value() default "";

  /** Whether outcomes are reused; {@link Cache#OFF} for a step that does not repeat itself. */
  Cache cache() default Cache.ON;
}
