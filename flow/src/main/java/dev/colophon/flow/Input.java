package dev.colophon.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A dataset from outside the flow: a file, a folder or, for a {@code List<Path>}, all files that
 * match a glob, in name order. It is captured before any step runs, and the step gets the captured
 * copy.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Input {
  /**
   * Path or glob, relative to the folder of the flow's file or, for a compiled class, to the
   * working directory.
   */
  String value();
}
