package dev.colophon.embedded.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a repository of files, made by each test. */
class MavenLibrariesTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private MavenLibraries libraries;

  @BeforeEach
  void setUp() throws IOException {
    publish("b", "1.0", "");
    publish("b", "2.0", "");
    publish("a", "1.0", dependency("b", "1.0"));
    Path settings = folder.resolve("settings.xml");
    Files.writeString(
        settings,
        """
        <settings><mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors></settings>
        """
            .formatted(folder.resolve("remote").toUri()));
    MavenSettings places = new MavenSettings(settings, Optional.empty(), folder.resolve("local"));
    libraries = new MavenLibraries(folder.resolve("cache"), places, told::add);
  }

  @Test
  void aLibraryComesWithAllThatItNeeds() {
    assertThat(names(List.of("org.example:a:1.0"))).containsExactly("a-1.0.jar", "b-1.0.jar");
  }

  @Test
  void theNearestVersionWins() {
    assertThat(names(List.of("org.example:a:1.0", "org.example:b:2.0")))
        .containsExactly("a-1.0.jar", "b-2.0.jar");
  }

  @Test
  void downloadsAreTold() {
    names(List.of("org.example:a:1.0"));
    assertThat(told).hasSize(2).first().asString().startsWith("downloaded a-1.0.jar");
  }

  @Test
  void whatWasFoundOnceNeedsNoRepository() throws IOException {
    names(List.of("org.example:a:1.0"));
    Files.move(folder.resolve("remote"), folder.resolve("gone"));
    Files.delete(folder.resolve("settings.xml"));
    assertThat(names(List.of("org.example:a:1.0"))).containsExactly("a-1.0.jar", "b-1.0.jar");
  }

  @Test
  void aJarThatWasRemovedIsFetchedAgain() throws IOException {
    Files.delete(libraries.resolve(List.of("org.example:b:1.0")).getFirst());
    assertThat(libraries.resolve(List.of("org.example:b:1.0")).getFirst()).exists();
  }

  @Test
  void aLibraryThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> libraries.resolve(List.of("org.example:a:9.9")))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("org.example:a:9.9")
        .hasMessageContaining("here");
  }

  @Test
  void whatIsNoCoordinateIsRefused() {
    assertThatThrownBy(() -> libraries.resolve(List.of("tribuo")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("group:artifact:version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1.0", "(1.0", "[1.0]", "1.+", "LATEST", "RELEASE", "latest"})
  void aVersionThatIsAnotherTomorrowIsRefusedWithWhatToWrite(String version) {
    assertThatThrownBy(() -> libraries.resolve(List.of("org.example:a:" + version)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("//DEPS org.example:a:" + version)
        .hasMessageContaining("make the run again")
        .hasMessageContaining("org.example:a:1.2.3");
  }

  private List<String> names(List<String> coordinates) {
    return libraries.resolve(coordinates).stream()
        .map(jar -> jar.getFileName().toString())
        .toList();
  }

  private void publish(String name, String version, String dependencies) throws IOException {
    Path at =
        Files.createDirectories(
            folder.resolve("remote/org/example").resolve(name).resolve(version));
    String pom =
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>
        <artifactId>%s</artifactId><version>%s</version><dependencies>%s</dependencies></project>
        """
            .formatted(name, version, dependencies);
    Files.writeString(at.resolve(name + "-" + version + ".pom"), pom);
    Files.writeString(at.resolve(name + "-" + version + ".jar"), name + version);
  }

  private static String dependency(String name, String version) {
    return "<dependency><groupId>org.example</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
        .formatted(name, version);
  }
}
