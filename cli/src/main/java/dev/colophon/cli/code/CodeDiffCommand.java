package dev.colophon.cli.code;

import dev.colophon.cli.code.SourceTree.File;
import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.embedded.Colophon;
import dev.colophon.flow.graph.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    header = "Compares the code of a run with that of another one, or with the work tree.",
    footer = {
      "",
      "Examples:",
      "  colophon code diff FlightDelays/12",
      "  colophon code diff FlightDelays/11 FlightDelays/12 --stat",
      "  colophon code diff FlightDelays/11 FlightDelays/12 src/main/java"
    })
public final class CodeDiffCommand implements Callable<Integer> {
  /** What the words of a run look like; a path of this shape is written {@code ./data/1}. */
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][\\w.-]*(/[0-9]+|@[\\w.-]+)");

  private final Frame frame;
  private final RunNames names;

  @Parameters(index = "0", paramLabel = "RUN", description = RunNames.SHAPES)
  private String what = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "[RUN] [PATH]",
      description =
          "The run to compare with; without one, the work tree around here, as a run would capture it"
              + " now. Then files and folders to compare; without any, all. ./data/1 is a path, data/1 a"
              + " run.")
  private List<String> rest = new ArrayList<>();

  @Option(names = "--stat", description = "Only how many lines of each file changed.")
  private boolean stat;

  public CodeDiffCommand(Frame frame, RunNames names) {
    this.frame = frame;
    this.names = names;
  }

  /** What is compared, and what came of it. */
  private record Compared(RunId from, String to, List<UnifiedDiff> files) {
    int added() {
      return files.stream().mapToInt(UnifiedDiff::added).sum();
    }

    int removed() {
      return files.stream().mapToInt(UnifiedDiff::removed).sum();
    }
  }

  @Override
  public Integer call() {
    boolean two = !rest.isEmpty() && RUN.matcher(rest.getFirst()).matches();
    List<String> paths = two ? rest.subList(1, rest.size()) : rest;
    try (Colophon colophon = frame.reading()) {
      RunId from = names.find(what, colophon);
      SourceTree before = tree(from, colophon);
      String to;
      SourceTree now;
      if (two) {
        RunId other = names.find(rest.getFirst(), colophon);
        to = other.toString();
        now = tree(other, colophon);
      } else {
        to = "work tree";
        WorkTree work =
            new WorkTree(
                frame.world(), frame.home(), colophon.store(), frame.configuration().secretFiles());
        now = SourceTree.of(work.capture(code(from, colophon), before), colophon.store());
      }
      FileTexts texts = new FileTexts(colophon.store());
      Set<String> filters = filters(paths, before, now);
      List<UnifiedDiff> files =
          new TreeComparison(texts)
              .of(within(filters, before), within(filters, now)).stream()
                  .map(change -> UnifiedDiff.of(change, texts))
                  .toList();
      Compared compared = new Compared(from, to, files);
      return frame.answer(Answer.of(() -> json(compared), screen -> write(compared, screen)));
    }
  }

  private static CodeVersion code(RunId run, Colophon colophon) {
    return colophon.runs().getCode(colophon.runs().getRun(run).code());
  }

  private static SourceTree tree(RunId run, Colophon colophon) {
    return SourceTree.of(code(run, colophon).snapshot(), colophon.store());
  }

  /** The files and folders to look at; none if a path is the root, so that all are. */
  private static Set<String> filters(List<String> paths, SourceTree before, SourceTree now) {
    Set<String> known = new TreeSet<>(before.files().keySet());
    known.addAll(now.files().keySet());
    known.addAll(before.folders().keySet());
    known.addAll(now.folders().keySet());
    Set<String> filters = new TreeSet<>();
    for (String path : paths) {
      String slashed = path.replace('\\', '/').replaceFirst("^\\./", "").replaceFirst("/$", "");
      if (slashed.isEmpty() || slashed.equals(".")) {
        return Set.of();
      }
      if (!known.contains(slashed)) {
        throw new NotFound(
            "path \"%s\": neither side has it, from the root of its sources%s"
                .formatted(
                    path,
                    Suggestion.closest(slashed, known)
                        .map("; did you mean %s?"::formatted)
                        .orElse("; \"colophon code show RUN .\" lists what there is")));
      }
      filters.add(slashed);
    }
    return filters;
  }

  private static SortedMap<String, File> within(Set<String> filters, SourceTree tree) {
    SortedMap<String, File> files = new TreeMap<>(tree.files());
    files
        .keySet()
        .removeIf(
            path ->
                !filters.isEmpty()
                    && filters.stream().noneMatch(filter -> (path + "/").startsWith(filter + "/")));
    return files;
  }

  private Json json(Compared compared) {
    return Json.object()
        .put("from", compared.from().toString())
        .put("to", compared.to())
        .put("files", Json.of(compared.files().stream().map(this::json).toList()))
        .put("added", compared.added())
        .put("removed", compared.removed())
        .build();
  }

  private Json json(UnifiedDiff file) {
    Json.Builder json = Json.object().put("path", file.change().path()).put("change", file.word());
    if (file.change() instanceof FileChange.Renamed renamed) {
      json.put("from", renamed.from());
    }
    file.modeChange()
        .ifPresent(modes -> json.put("oldMode", modes.before()).put("newMode", modes.now()));
    json.put("binary", file.binary()).put("added", file.added()).put("removed", file.removed());
    if (!stat) {
      json.put("diff", file.text());
    }
    return json.build();
  }

  private void write(Compared compared, Screen screen) {
    if (!stat) {
      compared.files().forEach(file -> frame.world().out().print(file.text()));
      return;
    }
    compared.files().forEach(file -> screen.cut(" " + summary(file)));
    screen.line(
        "%s changed, %d added and %d removed lines"
            .formatted(
                Show.count(compared.files().size(), "file"), compared.added(), compared.removed()));
  }

  private static String summary(UnifiedDiff file) {
    String name =
        file.change() instanceof FileChange.Renamed renamed
            ? renamed.from() + " => " + renamed.path()
            : file.change().path();
    String lines = file.binary() ? "binary" : "+" + file.added() + " -" + file.removed();
    String mode = file.modeChange().map(modes -> "   mode " + modes.now()).orElse("");
    return file.word() + "   " + name + "   " + lines + mode;
  }
}
