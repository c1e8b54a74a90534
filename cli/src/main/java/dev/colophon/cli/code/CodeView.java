package dev.colophon.cli.code;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeJson;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.CodeVersion.ChangedFile;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.GitState;
import dev.colophon.core.code.Environment;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunRecord;
import dev.colophon.embedded.Colophon;
import java.util.Locale;

/** The code of a run for a person and for a program (docs/formats/cli.md, "code show"). */
record CodeView(RunId run, Digest digest, CodeVersion code, Environment environment) {
  static CodeView of(RunId id, Colophon colophon) {
    RunRecord run = colophon.runs().getRun(id);
    return new CodeView(
        id, run.code(), colophon.runs().getCode(run.code()), colophon.runs().getEnvironment(id));
  }

  /** The code version as it is stored, and who executed it. */
  Json json() {
    Json.Builder json = Json.object().put("run", run.toString()).put("digest", digest.hex());
    CodeJson.toJson(code).asObject().members().forEach(json::put);
    return json.put("withheld", Json.ofStrings(code.withheld()))
        .put("java", environment.java())
        .put("colophon", environment.colophon())
        .build();
  }

  void write(Screen screen) {
    screen.cut(screen.bold(run.toString()) + "   code " + Show.digest(digest));
    code.git().ifPresent(git -> write(git, screen));
    screen.cut(
        "  snapshot   %s   %s%s"
            .formatted(
                Show.digest(code.snapshot().digest()),
                Show.bytes(code.snapshot().sizeBytes()),
                code.git().isEmpty() ? "   no Git" : ""));
    screen.cut(
        "  flow       "
            + code.flow()
            + code.source().map(source -> "   " + source).orElse("   a compiled class"));
    screen.cut("  java       " + environment.java());
    screen.cut("  colophon   " + environment.colophon());
    code.withheld().forEach(path -> screen.cut("  left out   " + path + "   by its name a secret"));
    screen.line();
    Table table = new Table("  ", "CLASS PATH", "", ">SIZE", "DIGEST", "MAVEN");
    code.classPath().forEach(entry -> add(entry, table));
    table.write(screen);
  }

  private static void write(GitState git, Screen screen) {
    screen.cut(
        "  commit     %s%s%s"
            .formatted(
                git.commit().orElse("none yet"),
                git.branch().map(branch -> "   branch " + branch).orElse("   no branch"),
                git.remote().map(remote -> "   " + remote).orElse("")));
    for (ChangedFile file : git.changed()) {
      screen.cut(
          "             %s %s"
              .formatted(file.change().name().toLowerCase(Locale.ROOT), file.path()));
    }
    git.submodules()
        .forEach(module -> screen.cut("  submodule  " + module.path() + "   " + module.commit()));
  }

  private static void add(ClassPathEntry entry, Table table) {
    table.add(
        entry.name(),
        entry.kind().name().toLowerCase(Locale.ROOT),
        Show.bytes(entry.content().sizeBytes()),
        Show.digest(entry.content().digest()),
        entry.coordinates().orElse(""));
  }
}
