package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunLog;
import dev.colophon.testkit.SampleFlights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColophonTest {
  private Path folder;
  private Home home;

  @BeforeEach
  void aHomeThatDoesNotExist(@TempDir Path folder) {
    this.folder = folder;
    this.home = new Home(folder.resolve("home"));
  }

  @Test
  void readingAHomeThatDoesNotExistFindsNothingAndLeavesNothing() {
    try (Colophon colophon = Colophon.reading(home)) {
      assertThat(colophon.runs().listRuns(RunFilter.ALL).items()).isEmpty();
      assertThat(colophon.registry().listModels(10, Optional.empty()).items()).isEmpty();
      assertThatThrownBy(() -> colophon.artifacts().bytes(Digest.of("none")))
          .isInstanceOf(NotFound.class);
    }
    assertThat(home.folder()).doesNotExist();
  }

  @Test
  void readingAHomeThatDoesNotExistSaysSoAndMakesNone() {
    try (Colophon colophon = Colophon.open(home.folder())) {
      assertThatThrownBy(colophon::read)
          .isInstanceOf(NotFound.class)
          .hasMessageContaining(home.folder().toString());
    }
    assertThat(home.folder()).doesNotExist();
  }

  @Test
  void theHomeIsThatOfTheProjectsFile() throws IOException {
    Files.writeString(folder.resolve("colophon.toml"), "home = \"elsewhere\"\n");
    assertThat(Colophon.homeOf(Map.of(), folder, "/nobody"))
        .isEqualTo(new Home(folder.resolve("elsewhere")));
  }

  @Test
  void thePersonsFolderIsThatOfTheVariable() {
    assertThat(Colophon.homeOf(Map.of("HOME", folder.toString()), Path.of("/"), "/nobody"))
        .isEqualTo(new Home(folder.resolve(".colophon")));
  }

  @Test
  void openingAHomeMakesItWhenAPortIsAskedFor() {
    try (Colophon colophon = Colophon.open(home)) {
      assertThat(home.folder()).doesNotExist();
      assertThat(colophon.runs().listRuns(RunFilter.ALL).items()).isEmpty();
    }
    assertThat(home.folder().resolve("config")).exists();
  }

  @Test
  void whatOneWroteAnotherReads() {
    RunId run;
    try (Colophon colophon = Colophon.open(home)) {
      run = new SampleFlights(colophon.runs()).completed(2);
    }
    try (Colophon colophon = Colophon.reading(home)) {
      assertThat(colophon.runs().getGraph(run).tasks()).hasSize(5);
    }
  }

  @Test
  void contentIsReadWhereverItLies() throws IOException {
    try (Colophon colophon = Colophon.open(home)) {
      new SampleFlights(colophon.runs()).completed(1);
      Artifact.Blob stored =
          colophon.store().put("in the store".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(colophon.artifacts().bytes(stored.digest())).asString().isEqualTo("in the store");
      assertThat(colophon.artifacts().bytes(Digest.of("{\"rows\":336776}")))
          .asString()
          .isEqualTo("{\"rows\":336776}");
    }
  }

  @Test
  void aTreeIsRestoredWithAllThatIsInIt() throws IOException {
    Path target = folder.resolve("restored");
    try (Colophon colophon = Colophon.open(home)) {
      Artifact.Blob tool = colophon.store().put(new byte[] {1});
      TreeListing inner = new TreeListing(Map.of("tool", new Entry(Kind.EXECUTABLE, tool)));
      colophon.store().put(inner.bytes());
      TreeListing outer = new TreeListing(Map.of("bin", new Entry(Kind.FOLDER, inner.tree())));
      colophon.store().put(outer.bytes());
      colophon.artifacts().restore(outer.tree(), target);
    }
    assertThat(target.resolve("bin/tool")).isExecutable().hasBinaryContent(new byte[] {1});
  }

  @Test
  void nothingIsRestoredOverAFile() throws IOException {
    Path target = Files.writeString(folder.resolve("taken"), "mine");
    try (Colophon colophon = Colophon.open(home)) {
      Artifact.Blob stored = colophon.store().put(new byte[] {1});
      assertThatThrownBy(() -> colophon.artifacts().restore(stored, target))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining(target.toString());
    }
    assertThat(target).hasContent("mine");
  }

  @Test
  void theCatalogIsClosedEvenIfTheStoreCanNotBe() throws IOException {
    Colophon colophon = Colophon.open(home);
    RunLog runs = colophon.runs();
    colophon.store().put(new byte[] {1});
    Files.createDirectory(home.store().resolve("index.log")); // nothing can be appended to it
    assertThatThrownBy(colophon::close).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> runs.listRuns(RunFilter.ALL))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed by this process");
  }

  @Test
  void aHomeOfANewerVersionIsNotOpened() throws IOException {
    home.create();
    Files.writeString(home.folder().resolve("config"), "format=99\n");
    assertThatThrownBy(() -> Colophon.reading(home)).isInstanceOf(Invalid.class);
  }
}
