package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.TreeListing;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.flow.run.ParamValue;
import dev.colophon.flow.run.RunListener;
import dev.colophon.flow.run.RunOutcome;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowLauncherTest {
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final MemoryStore store = new MemoryStore();
  private final List<String> warnings = new ArrayList<>();
  private Path folder;
  private Path source;

  @BeforeEach
  void aFlowThatSaysSomething(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.source = Files.createDirectory(folder.resolve("work")).resolve("Tiny.java");
    say("first");
  }

  private void say(String text) {
    try {
      Files.writeString(
          source,
          """
          import dev.colophon.flow.Flow;
          import dev.colophon.flow.Param;
          import dev.colophon.flow.Step;

          @Flow
          public class Tiny {
            @Param int bar = 1;

            @Step String said(int bar) {
              return "%s";
            }
          }
          """
              .formatted(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FlowLauncher launcher(Consumer<Path> captured) {
    return new FlowLauncher(
        Colophons.telling(catalog, store, captured),
        new Home(folder.resolve("home")),
        coordinates -> List.of(),
        folder,
        Clock.systemUTC(),
        List.of(),
        Configuration.NONE);
  }

  private RunOutcome run(Map<String, String> parameters, Consumer<Path> captured) {
    RunOptions options =
        new RunOptions(
            ParamValue.typed(parameters),
            List.of(),
            1,
            0,
            Optional.empty(),
            false,
            Refresh.NOTHING,
            "ana",
            List.of("run"));
    return launcher(captured)
        .run(
            FlowTarget.of(source.toString(), List.of()),
            options,
            RunListener.SILENT,
            warnings::add);
  }

  private String captured(RunRecord run) throws IOException {
    var snapshot = catalog.runLog().getCode(run.code()).snapshot();
    TreeListing listing = TreeListing.parse(read(snapshot.digest()));
    return new String(
        read(listing.entries().firstEntry().getValue().artifact().digest()),
        StandardCharsets.UTF_8);
  }

  private byte[] read(dev.colophon.core.Digest digest) throws IOException {
    try (var in = store.open(digest)) {
      return in.readAllBytes();
    }
  }

  private String said(RunOutcome outcome) {
    var output = catalog.runLog().outputsOf(List.of(outcome.tasks().getFirst().task()));
    return new String(
        catalog
            .runLog()
            .findInline(output.values().iterator().next().artifact().digest())
            .orElseThrow(),
        StandardCharsets.UTF_8);
  }

  @Test
  void aSourceThatIsSavedWhileTheRunStartsRunsAsItWasCaptured() throws IOException {
    AtomicBoolean saved = new AtomicBoolean();
    RunOutcome outcome =
        run(
            Map.of(),
            file -> {
              if (file.endsWith("Tiny.java") && !saved.getAndSet(true)) {
                say("later");
              }
            });
    assertThat(captured(outcome.run())).contains("later");
    assertThat(said(outcome)).contains("later");
  }

  @Test
  void aSourceThatKeepsChangingIsRefusedByName() {
    AtomicInteger saves = new AtomicInteger();
    assertThatThrownBy(
            () ->
                run(
                    Map.of(),
                    file -> {
                      if (file.endsWith("Tiny.java")) {
                        say("save " + saves.incrementAndGet());
                      }
                    }))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("Tiny.java")
        .hasMessageContaining("run it again");
    assertThat(catalog.runLog().listRuns(RunFilter.ALL).items()).isEmpty();
  }

  @Test
  void nothingIsCapturedAnyMoreOnceARunWasRefused() {
    Thread launching = Thread.currentThread();
    AtomicBoolean refused = new AtomicBoolean();
    AtomicBoolean captured = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                run(
                    Map.of("bar", "many"),
                    file -> {
                      while (launching.getState() == Thread.State.RUNNABLE && !refused.get()) {
                        Thread.onSpinWait();
                      }
                      captured.set(true);
                    }))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("bar");
    boolean capturedBefore = captured.get();
    refused.set(true);
    assertThat(capturedBefore).isTrue();
  }

  @Test
  void aRunLeavesNoScratchFolder() {
    run(Map.of(), file -> {});
    assertThat(folder.resolve("home/tmp")).isEmptyDirectory();
  }

  @Test
  void aClassIsMissedInTheFoldersOfItsClassPathHoweverManyJarsStandBesideThem() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<Path> classPath =
        List.of(
            Files.createFile(folder.resolve("a.jar")),
            Files.createFile(folder.resolve("b.jar")),
            classes);
    assertThatThrownBy(
            () -> launcher(file -> {}).load(FlowTarget.of("com.acme.Missing", classPath)))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("not found in " + classes + " and 2 jars; compile it");
  }
}
