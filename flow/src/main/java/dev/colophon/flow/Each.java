package dev.colophon.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The argument is one element of a list: the step has one task for each. Several such arguments
 * multiply; inputs that were fanned out over the same list are zipped.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Each {
  /** Name of the step or parameter whose value is the list. */
  String value();
}
