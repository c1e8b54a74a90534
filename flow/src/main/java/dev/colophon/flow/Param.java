package dev.colophon.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A value that a person gives when the flow is run; the field's initialiser is its default.
 * Numbers, booleans, text, enums, {@code java.time}, paths, lists of these, and records (given as
 * JSON).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Param {
  /** One sentence for the flow's {@code --help}. */
  String value() default "";
}
