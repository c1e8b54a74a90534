package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  private Path person;
  private Path working;

  @BeforeEach
  void aWorkingFolderTwoLevelsBelowThePersons(@TempDir Path person) throws IOException {
    this.person = person;
    this.working = Files.createDirectories(person.resolve("project/src"));
  }

  private Home find(Optional<Path> asked, Map<String, String> environment) {
    return Home.find(asked, environment, working, person);
  }

  private Home find() {
    return find(Optional.empty(), Map.of());
  }

  @Test
  void withoutAProjectItIsInThePersonsFolder() {
    assertThat(find().folder()).isEqualTo(person.resolve(".colophon"));
  }

  @Test
  void theNearestFolderUpwardThatHoldsOneIsTheProject() throws IOException {
    Files.createDirectories(person.resolve("project/.colophon"));
    assertThat(find().folder()).isEqualTo(person.resolve("project/.colophon"));
  }

  @Test
  void aGitRepositoryIsAProjectBeforeAnythingWasWritten() throws IOException {
    Files.createDirectories(person.resolve("project/.git"));
    assertThat(find().folder()).isEqualTo(person.resolve("project/.colophon"));
  }

  @Test
  void aWorktreeWhoseGitIsAFileIsAProject() throws IOException {
    Files.writeString(person.resolve("project/.git"), "gitdir: elsewhere\n");
    assertThat(find().folder()).isEqualTo(person.resolve("project/.colophon"));
  }

  @Test
  void theVariableWinsOverTheProject() throws IOException {
    Files.createDirectories(person.resolve("project/.colophon"));
    assertThat(find(Optional.empty(), Map.of("COLOPHON_HOME", "/srv/colophon")).folder())
        .isEqualTo(Path.of("/srv/colophon").toAbsolutePath());
  }

  @Test
  void anEmptyVariableCountsAsUnset() {
    assertThat(find(Optional.empty(), Map.of("COLOPHON_HOME", ""))).isEqualTo(find());
  }

  @Test
  void whatThePersonAsksForWinsAndIsRelativeToTheWorkingFolder() {
    assertThat(find(Optional.of(Path.of("there")), Map.of("COLOPHON_HOME", "/srv")).folder())
        .isEqualTo(working.resolve("there"));
  }

  @Test
  void namingAHomeMakesNothing() {
    find().check();
    assertThat(person.resolve(".colophon")).doesNotExist();
  }

  @Test
  void aHomeThatWasMadeSaysItsFormat() throws IOException {
    find().create();
    assertThat(person.resolve(".colophon/config")).hasContent("format=1");
  }

  @Test
  void aHomeKeepsItselfOutOfGit() throws IOException {
    find().create();
    assertThat(person.resolve(".colophon/.gitignore")).hasContent("*");
  }

  @Test
  void aHomeAndTheFoldersAboveItSurviveALossOfPower() {
    List<Path> synced = new ArrayList<>();
    new Home(person.resolve("a/b")).create(synced::add);
    assertThat(synced).containsExactly(person, person.resolve("a"), person.resolve("a/b"));
  }

  @Test
  void aHomeOfANewerVersionIsRefusedNamingBothFormats() throws IOException {
    find().create();
    Files.writeString(person.resolve(".colophon/config"), "format=2\n");
    assertThatThrownBy(() -> find().check())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(person.resolve(".colophon") + ": format 2")
        .hasMessageContaining("up to 1");
  }

  @Test
  void aConfigThatSaysNothingIsCorrupt() throws IOException {
    find().create();
    Files.writeString(person.resolve(".colophon/config"), "");
    assertThatThrownBy(() -> find().check())
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("config");
  }

  @Test
  void aFileWhereTheFolderShouldBeIsNamed() throws IOException {
    Files.writeString(person.resolve(".colophon"), "");
    assertThatThrownBy(() -> find().create())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(person.resolve(".colophon").toString());
  }
}
