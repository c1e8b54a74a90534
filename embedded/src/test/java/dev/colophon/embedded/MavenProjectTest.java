package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a wrapper that answers as Maven's dependency plugin does, and keeps count. */
class MavenProjectTest {
  @TempDir private Path temporary;
  private Path project;
  private Path library;

  @BeforeEach
  void aProjectWithALibrary() throws IOException {
    project = Files.createDirectories(temporary.resolve("project"));
    library = Files.createFile(temporary.resolve("library.jar"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    wrapper(
        project,
        """
        echo asked >>asked.txt
        for word; do
          case $word in -Dmdep.outputFile=*) printf %s 'LIBRARY' >"${word#*=}" ;; esac
        done
        """
            .replace("LIBRARY", library.toString()));
  }

  @Test
  void itsClassesComeBeforeItsLibraries() {
    assertThat(found().classPath())
        .containsExactly(project.resolve("target").resolve("classes"), library);
  }

  @Test
  void itIsFoundFromAFolderWithin() throws IOException {
    Path within = Files.createDirectories(project.resolve("src/main/java"));
    assertThat(MavenProject.find(within, cache()).map(MavenProject::folder)).contains(project);
  }

  @Test
  void mavenIsAskedOnce() throws IOException {
    found().classPath();
    found().classPath();
    assertThat(asked()).hasSize(1);
  }

  @Test
  void mavenIsAskedAgainWhenAPomHasChanged() throws IOException {
    found().classPath();
    Files.writeString(project.resolve("pom.xml"), "<project><!-- changed --></project>");
    found().classPath();
    assertThat(asked()).hasSize(2);
  }

  @Test
  void mavenIsAskedAgainWhenALibraryIsGone() throws IOException {
    found().classPath();
    Files.delete(library);
    found().classPath();
    assertThat(asked()).hasSize(2);
  }

  @Test
  void aWrapperOfAFolderAboveServes() throws IOException {
    Path module = Files.createDirectories(project.resolve("module"));
    Files.writeString(module.resolve("pom.xml"), "<project/>");
    assertThat(MavenProject.find(module, cache()).orElseThrow().classPath())
        .containsExactly(module.resolve("target").resolve("classes"), library);
  }

  @Test
  void whatMavenSaysWhenItFailsIsPassedOn() throws IOException {
    wrapper(project, "echo no network; exit 1\n");
    assertThatThrownBy(() -> found().classPath())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(project.toString())
        .hasMessageContaining("--class-path")
        .hasMessageEndingWith("no network");
  }

  @Test
  void aMavenThatCanNotBeStartedIsNamed() throws IOException {
    Files.writeString(project.resolve("mvnw"), "#!/nowhere\n");
    assertThatThrownBy(() -> found().classPath())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("mvnw\" can't be started");
  }

  private MavenProject found() {
    return MavenProject.find(project, cache()).orElseThrow();
  }

  private Path cache() {
    return temporary.resolve("cache");
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(project.resolve("asked.txt"));
  }

  private static void wrapper(Path folder, String script) throws IOException {
    Path file = Files.writeString(folder.resolve("mvnw"), "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
