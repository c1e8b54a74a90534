package dev.colophon.cli;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.Content;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.flow.graph.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the words of a person name. Where they name something else than was expected, the refusal
 * says what it is and what to type instead.
 *
 * @param folder against which paths of files are resolved
 */
record Address(Colophon colophon, Path folder) {
  /** How the help tells what {@link #find} takes. */
  static final String SHAPES =
      "RUN, RUN/STEP, RUN/STEP/TASK, MODEL@VERSION, MODEL@ALIAS, a digest or its first 8 digits,"
          + " or a file with that content.";

  /** What is refused for what it says, rather than taken for the name of something else. */
  private static final Pattern SHAPE =
      Pattern.compile(".*@.*|sha256:.*|[0-9a-f]{8,}|[^/]+/[0-9]+(/.*)?");

  /**
   * What the text names; an alias is resolved, of a file it is the content.
   *
   * @throws Invalid if it names a flow or a model as a whole, or has none of the shapes
   * @throws NotFound if there is no such thing
   */
  Subject find(String text) {
    return tryFind(text).orElseThrow(() -> unknown(text));
  }

  /**
   * As {@link #find}, but empty for a text that has no shape of an address and names nothing that
   * is known.
   */
  Optional<Subject> tryFind(String text) {
    try {
      return Optional.of(colophon.lineage().find(text));
    } catch (Invalid | NotFound e) {
      newestRun(text).ifPresent(run -> refuseFlow(text, run));
      model(text).ifPresent(model -> refuseModel(text, model));
      Optional<Subject> content = file(text).map(file -> new Content(digest(file)));
      if (content.isEmpty() && SHAPE.matcher(text).matches()) {
        throw e;
      }
      return content;
    }
  }

  /**
   * A run or what is in one.
   *
   * @throws Invalid if it names something else, or has another shape
   * @throws NotFound if there is no such thing
   */
  InRun inRun(String text) {
    model(text)
        .filter(model -> newestRun(text).isEmpty())
        .ifPresent(
            model -> {
              throw elsewhere(text, "a model", "model show " + text, "shows it");
            });
    return switch (find(text)) {
      case InRun inRun -> inRun;
      case VersionId version ->
          throw elsewhere(text, "a model version", "model show " + version, "shows it");
      case AliasId alias ->
          throw elsewhere(text, "an alias of a model", "model show " + alias, "shows it");
      case Content content ->
          throw elsewhere(text, "content", "trace " + text, "says where it came from");
    };
  }

  /**
   * The run that something belongs to: a run, what is in one, or a model version, of which it is
   * the run that made it.
   *
   * @throws Invalid if it names something else, or has another shape
   * @throws NotFound if there is no such thing
   */
  RunId run(String text) {
    return switch (find(text)) {
      case RunId run -> run;
      case StepId step -> step.run();
      case TaskId task -> task.run();
      case VersionId version -> madeBy(version);
      case AliasId alias -> madeBy(colophon.lineage().versionOf(alias));
      case Content content ->
          throw elsewhere(text, "content", "trace " + text, "says which run it came from");
    };
  }

  private RunId madeBy(VersionId version) {
    return colophon.registry().getVersion(version).madeBy().run();
  }

  /**
   * A model version, by number or alias.
   *
   * @throws Invalid if it names something else, or has another shape
   * @throws NotFound if there is no such alias
   */
  VersionId version(String text) {
    return switch (find(text)) {
      case VersionId version -> version;
      case AliasId alias -> colophon.lineage().versionOf(alias);
      case InRun inRun -> throw elsewhere(text, "in a run", "show " + inRun, "shows it");
      case Content content ->
          throw elsewhere(text, "content", "trace " + text, "says where it came from");
    };
  }

  /**
   * The name of a model.
   *
   * @throws Invalid if it names something else, or is no name
   */
  static Name modelName(String text, String command) {
    int at = text.indexOf('@');
    if (at > 0 && Name.isValid(text.substring(0, at))) {
      throw new Invalid(
          "\"%s\": expected a model without a version; try \"colophon %s %s\""
              .formatted(text, command, text.substring(0, at)));
    }
    return Name.of(text);
  }

  /** The file that this path leads to. */
  Optional<Path> file(String text) {
    try {
      return Optional.of(folder.resolve(text)).filter(Files::isRegularFile);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Digest of what a file holds now.
   *
   * @throws Unavailable if it can't be read
   */
  static Digest digest(Path file) {
    MessageDigest sha256 = Digest.sha256();
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), sha256)) {
      content.transferTo(OutputStream.nullOutputStream());
      return Digest.ofBytes(sha256.digest());
    } catch (IOException e) {
      throw new Unavailable(
          "%s: can't be read (%s); name its digest instead".formatted(file, IoReason.of(e)), e);
    }
  }

  private static Invalid elsewhere(String text, String what, String command, String does) {
    return new Invalid("\"%s\" is %s; \"colophon %s\" %s".formatted(text, what, command, does));
  }

  private static void refuseFlow(String text, RunRecord newest) {
    throw new Invalid(
        "\"%s\" is a flow; name a run of it, such as %s, its newest".formatted(text, newest.id()));
  }

  private static void refuseModel(String text, ModelRecord model) {
    throw new Invalid(
        "\"%s\" is a model; name a version of it, such as %s@%d, its newest"
            .formatted(text, text, model.latest()));
  }

  /** The newest run of a flow; empty if the text names none that ran. */
  Optional<RunRecord> newestRun(String flow) {
    return Name.isValid(flow)
        ? colophon
            .runs()
            .listRuns(
                new RunFilter(
                    Optional.of(Name.of(flow)),
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    Optional.empty()))
            .items()
            .stream()
            .findFirst()
        : Optional.empty();
  }

  private Optional<ModelRecord> model(String name) {
    return Name.isValid(name) ? colophon.registry().findModel(Name.of(name)) : Optional.empty();
  }

  private ColophonException unknown(String text) {
    if (!Name.isValid(text)) {
      return new Invalid(
          "\"%s\": expected FLOW/NUMBER[/STEP[/INDEX]], MODEL@VERSION, MODEL@ALIAS, a digest or its first 8 digits, or a file that is there"
              .formatted(text));
    }
    String meant = meant(text);
    return new NotFound(
        "\"%s\": no flow, model, digest or file of this name%s"
            .formatted(
                text,
                meant.isEmpty()
                    ? "; \"colophon runs\" and \"colophon models\" list what there is"
                    : meant));
  }

  /** {@code ; did you mean churn?}, or nothing. */
  String meant(String text) {
    return Suggestion.closest(text, names()).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private Set<String> names() {
    RunFilter newest =
        new RunFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), RunFilter.MOST, Optional.empty());
    Set<String> names = new TreeSet<>();
    colophon.runs().listRuns(newest).items().forEach(run -> names.add(run.id().flow().text()));
    colophon
        .registry()
        .listModels(RunFilter.MOST, Optional.empty())
        .items()
        .forEach(model -> names.add(model.name().text()));
    return names;
  }
}
