package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPathTest {
  @ParameterizedTest
  @CsvSource({
    "/home/ana/.m2/repository/org/example/a/1.0/a-1.0.jar, org.example:a:1.0",
    "/repository/x/repository/junit/junit/4.13/junit-4.13.jar, junit:junit:4.13",
    "/repository/org/example/a-b/1.0/a-b-1.0-linux-x86.jar, org.example:a-b:1.0:linux-x86"
  })
  void whereAJarLiesTellsItsCoordinates(Path jar, String coordinates) {
    assertThat(RepositoryPath.coordinates(jar)).contains(coordinates);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/project/lib/a-1.0.jar",
        "/repository/a-1.0.jar",
        "/repository/org/example/a/1.0/b-1.0.jar",
        "/repository/org/example/a/1.0/a-1.01.jar"
      })
  void aJarThatLiesElsewhereHasNone(Path jar) {
    assertThat(RepositoryPath.coordinates(jar)).isEmpty();
  }
}
