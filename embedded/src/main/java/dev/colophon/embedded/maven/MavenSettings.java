package dev.colophon.embedded.maven;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Maven keeps its settings on this machine.
 *
 * @param user file of the user's settings, which need not exist
 * @param global file of the installation's settings
 * @param localRepository used unless the settings name another
 */
public record MavenSettings(Path user, Optional<Path> global, Path localRepository) {
  /** As Maven itself would look, for a person with this home folder. */
  public static MavenSettings of(Path userHome, Optional<Path> mavenHome) {
    return new MavenSettings(
        userHome.resolve(".m2").resolve("settings.xml"),
        mavenHome.map(home -> home.resolve("conf").resolve("settings.xml")),
        userHome.resolve(".m2").resolve("repository"));
  }
}
