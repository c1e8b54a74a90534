package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.model.ModelJson;
import dev.colophon.embedded.Colophon;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Component;
import dev.colophon.flow.codec.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    header = "Writes what a task left behind, or a part of it, to a file or folder.",
    description = {
      "",
      "A file holds the exact bytes that were stored: JSON, .npy, text, or the file itself. What"
          + " was a folder becomes a folder."
    },
    footer = {
      "",
      "Examples:",
      "  colophon get FlightDelays/12/last --to model.bin",
      "  colophon get FlightDelays/12/flights.distance --to distance.npy",
      "  colophon get flight-delays@champion --to model.bin",
      "  colophon get FlightDelays/12/best --to -"
    })
final class GetCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  private final Frame frame;

  @Parameters(
      paramLabel = "WHAT",
      description =
          "RUN/STEP[/TASK][.COMPONENT], MODEL@VERSION, MODEL@ALIAS, or a digest or its first 8"
              + " digits. \"colophon show RUN/STEP\" lists the tasks of a step.")
  private String what = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description =
          "File or folder to make; - writes to standard output: the exact bytes, and on a terminal a"
              + " line break after them.")
  private String to = "";

  @Option(
      names = "--force",
      description = "Replace a file that is there. Folders are never replaced.")
  private boolean force;

  GetCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    boolean piped = to.equals(STANDARD_OUTPUT);
    if (piped && frame.json()) {
      throw new Invalid("--to - with --json: standard output can hold only one of both");
    }
    Path target = frame.world().workingFolder().resolve(to);
    if (!piped) {
      checkFree(target);
    }
    try (Colophon colophon = frame.reading()) {
      Wanted wanted = Wanted.find(what, new Address(colophon, frame.world().workingFolder()));
      Component part = part(wanted, colophon);
      return switch (part) {
        case Component.Content(Stored stored) -> content(stored, target, piped, colophon);
        case Component.Value(String json) -> value(json, target, piped);
      };
    }
  }

  private Component part(Wanted wanted, Colophon colophon) {
    if (wanted.component().isEmpty()) {
      return new Component.Content(wanted.stored());
    }
    String path = wanted.component().get();
    try {
      return new Codecs().component(wanted.stored(), path, colophon.artifacts());
    } catch (IOException e) {
      throw new Unavailable(
          "component %s of %s: can't be read (%s); try again, or get the whole without .%s"
              .formatted(path, what, IoReason.of(e), path),
          e);
    }
  }

  private int content(Stored stored, Path target, boolean piped, Colophon colophon) {
    if (piped) {
      if (stored.artifact() instanceof Artifact.Tree) {
        throw new Invalid(
            "%s: a folder can't go to standard output; name a new folder with --to"
                .formatted(what));
      }
      return pipe(colophon.artifacts().open(stored.artifact().digest()));
    }
    replace(target, draft -> colophon.artifacts().restore(stored.artifact(), draft));
    return frame.answer(answer(stored, target));
  }

  private int value(String json, Path target, boolean piped) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    if (piped) {
      return pipe(new ByteArrayInputStream(bytes));
    }
    replace(target, draft -> write(bytes, draft));
    Artifact.Blob blob = new Artifact.Blob(Digest.of(bytes), bytes.length);
    return frame.answer(answer(new Stored(blob, "json", Optional.empty()), target));
  }

  private static void write(byte[] bytes, Path draft) {
    try {
      Files.write(draft, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exact bytes; where a person reads them, the next prompt begins on a line of its own. */
  private int pipe(InputStream content) {
    try (content) {
      byte[] buffer = new byte[64 * 1024];
      boolean open = false;
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        frame.world().out().write(buffer, 0, n);
        open = n == 0 ? open : buffer[n - 1] != '\n';
      }
      if (open && frame.world().terminal().getAsBoolean()) {
        frame.world().out().write('\n');
      }
      return 0;
    } catch (IOException e) {
      throw new Unavailable(
          "%s: can't be read (%s); look after the disk, then try again"
              .formatted(what, IoReason.of(e)),
          e);
    }
  }

  private void checkFree(Path target) {
    Optional<Path> parent = Optional.ofNullable(target.getParent());
    if (parent.isPresent() && !Files.isDirectory(parent.get())) {
      throw new NotFound(
          Files.exists(parent.get())
              ? "folder %s: expected a folder, found a file; name another with --to"
                  .formatted(parent.get())
              : "folder %s: no such folder; make it, or name another with --to"
                  .formatted(parent.get()));
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new Conflict(
          "%s: expected no such file, found a folder; name a new one".formatted(target));
    }
    if (!force) {
      throw new Conflict(
          "%s: expected no such file, found one; --force replaces it".formatted(target));
    }
  }

  /** Makes a draft beside the target and, once it is whole, gives it the target's name. */
  private static void replace(Path target, Consumer<Path> maker) {
    Path draft =
        target.resolveSibling("." + target.getFileName() + ".part" + ProcessHandle.current().pid());
    try {
      maker.accept(draft);
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(target, e, e);
    } catch (UncheckedIOException | Unavailable e) {
      boolean ofDraft =
          e instanceof UncheckedIOException
              || String.valueOf(e.getMessage()).contains(draft.getFileName().toString());
      throw ofDraft && e.getCause() instanceof IOException io ? unwritable(target, io, e) : e;
    } finally {
      delete(draft);
    }
  }

  /** Names the file that was asked for: a person knows nothing of drafts. */
  private static Unavailable unwritable(Path target, IOException reason, Exception cause) {
    return new Unavailable(
        "%s: can't be written (%s); name another place with --to, or make room there"
            .formatted(target, IoReason.of(reason)),
        cause);
  }

  private static void delete(Path draft) {
    if (!Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(draft)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Unavailable(
          "%s: can't be deleted (%s); delete it by hand".formatted(draft, IoReason.of(e)), e);
    }
  }

  private Answer answer(Stored stored, Path target) {
    return Answer.of(
        () ->
            ModelJson.artifact(stored.artifact())
                .put("codec", stored.codec())
                .putIfPresent("fileName", stored.fileName())
                .put("of", what)
                .put("to", target.toString())
                .build(),
        screen ->
            screen.line(
                "%s   %s   %s   %s"
                    .formatted(
                        to,
                        Show.bytes(stored.artifact().sizeBytes()),
                        stored.codec(),
                        Show.digest(stored.artifact().digest()))));
  }
}
