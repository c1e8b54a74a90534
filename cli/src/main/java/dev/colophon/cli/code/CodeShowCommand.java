package dev.colophon.cli.code;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Artifact;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.TreeListing;
import dev.colophon.core.Trees;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.json.Json;
import dev.colophon.embedded.Colophon;
import dev.colophon.flow.graph.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Shows the code that a run executed, or one file of it.",
    footer = {
      "",
      "Examples:",
      "  colophon code show FlightDelays/12",
      "  colophon code show FlightDelays/12 examples/flights/FlightDelays.java"
    })
public final class CodeShowCommand implements Callable<Integer> {
  private final Frame frame;
  private final RunNames names;

  @Parameters(index = "0", paramLabel = "RUN", description = RunNames.SHAPES)
  private String what = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description =
          "A captured file, whose bytes are written to standard output, or a folder, which is"
              + " listed; from the root of the source tree.")
  private Optional<String> path = Optional.empty();

  public CodeShowCommand(Frame frame, RunNames names) {
    this.frame = frame;
    this.names = names;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      RunId run = names.find(what, colophon);
      if (path.isEmpty()) {
        CodeView view = CodeView.of(run, colophon);
        return frame.answer(Answer.of(view::json, view::write));
      }
      CodeVersion code = colophon.runs().getCode(colophon.runs().getRun(run).code());
      return show(run, code, path.get(), colophon);
    }
  }

  private int show(RunId run, CodeVersion code, String given, Colophon colophon) {
    String wanted = plain(given);
    if (wanted.isEmpty()) {
      return list(wanted, code.snapshot(), colophon);
    }
    SourceTree tree = SourceTree.of(code.snapshot(), colophon.store());
    Optional<SourceTree.File> file = tree.find(wanted);
    if (file.isPresent()) {
      return frame.json() ? document(wanted, file.get()) : print(wanted, file.get(), colophon);
    }
    return tree.folder(wanted)
        .map(folder -> list(wanted, folder, colophon))
        .orElseThrow(() -> unknown(run, code, wanted, tree));
  }

  private static String plain(String path) {
    String slashed = path.replace('\\', '/');
    String bare = slashed.startsWith("./") ? slashed.substring(2) : slashed;
    String open = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    return open.equals(".") ? "" : open;
  }

  private static NotFound unknown(RunId run, CodeVersion code, String path, SourceTree tree) {
    if (code.withheld().contains(path)) {
      return new NotFound(
          "%s: left out of the code of %s, as the name says that it holds a secret"
              .formatted(path, run));
    }
    String meant =
        Suggestion.closest(path, tree.files().keySet())
            .map("did you mean %s?"::formatted)
            .orElse("\"colophon code show %s .\" lists what there is".formatted(run));
    return new NotFound("%s: not in the code of %s; %s".formatted(path, run, meant));
  }

  private int document(String wanted, SourceTree.File file) {
    return frame.answer(Answer.of(() -> json(wanted, file.kind(), file.blob()), screen -> {}));
  }

  private static Json json(String path, TreeListing.Kind kind, Artifact artifact) {
    return Json.object()
        .put("path", path)
        .put("kind", kind.name().toLowerCase(Locale.ROOT))
        .put("digest", artifact.digest().hex())
        .put("sizeBytes", artifact.sizeBytes())
        .build();
  }

  private int print(String wanted, SourceTree.File file, Colophon colophon) {
    try (InputStream content = colophon.store().open(file.blob().digest())) {
      content.transferTo(frame.world().out());
      return 0;
    } catch (IOException e) {
      throw new Unavailable(
          "%s: can't be read (%s); look after the disk, then try again"
              .formatted(wanted, IoReason.of(e)),
          e);
    }
  }

  private int list(String path, Artifact.Tree folder, Colophon colophon) {
    Map<String, TreeListing.Entry> entries = Trees.list(folder, colophon.store()).entries();
    return frame.answer(
        Answer.of(
            () -> {
              List<Json> children =
                  entries.entrySet().stream()
                      .map(
                          each ->
                              json(
                                  each.getKey(),
                                  each.getValue().kind(),
                                  each.getValue().artifact()))
                      .toList();
              Json.Builder json = Json.object();
              json(path, TreeListing.Kind.FOLDER, folder).asObject().members().forEach(json::put);
              return json.put("entries", Json.of(children)).build();
            },
            screen ->
                entries.forEach(
                    (name, entry) ->
                        screen.cut(
                            "%s%s   %s"
                                .formatted(
                                    name,
                                    entry.kind() == TreeListing.Kind.FOLDER ? "/" : "",
                                    Show.bytes(entry.artifact().sizeBytes()))))));
  }
}
