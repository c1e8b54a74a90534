package dev.colophon.flow.source;

import java.nio.file.Path;
import java.util.List;

/** Finds the jars of declared libraries, with all that they need in turn. */
@FunctionalInterface
public interface Libraries {
  /**
   * The jars, in class path order.
   *
   * @param coordinates {@code group:artifact:version}, as JBang's {@code //DEPS} takes them
   * @throws dev.colophon.core.error.ColophonException.Unavailable if one can't be had
   */
  List<Path> resolve(List<String> coordinates);
}
