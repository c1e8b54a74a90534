package dev.colophon.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which project a {@link Flow} belongs to. Its runs are then of a branch of that project: a
 * person's own by default, and models that they register get names of that branch; {@code
 * production} takes a token.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Project {
  /** Name of the project. */
  String value();
}
