package dev.colophon.embedded;

import java.util.Optional;

/** The version of Colophon that runs. */
public final class Version {
  private Version() {}

  /** As its jar says, such as {@code 0.1.0}; {@code development} when it runs from class files. */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
