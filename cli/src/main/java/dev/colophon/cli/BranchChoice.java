package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.World;
import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.ProjectBranch;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunPlace;
import dev.colophon.embedded.Branching;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.ProductionGate;
import dev.colophon.embedded.TokenFile;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** On which branch of its project a person runs a flow. */
final class BranchChoice {
  /** Variable that holds the token where it must not stand on a command line. */
  private static final String VARIABLE = "COLOPHON_TOKEN";

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description =
          "Of a flow with @Project: the branch that the run belongs to. Default: user.ACCOUNT.")
  private Optional<String> branch = Optional.empty();

  @Option(
      names = "--production",
      description = "Of a flow with @Project: run on its production branch, with its token.")
  private boolean production;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The token of the production branch; once is enough. Default: COLOPHON_TOKEN, else the one"
              + " shown last.")
  private Optional<String> token = Optional.empty();

  /** What decides, once the flow is known; on the production branch, only who has its token. */
  Branching branching(Frame frame) {
    return choice(project -> pass(frame, project));
  }

  /** {@link #branching}, for what records nothing and so needs no token. */
  Branching foreseen() {
    return choice(project -> {});
  }

  /** {@link #branching}, on the branch of an earlier run where none is asked for. */
  Branching branchingLike(RunPlace earlier, Frame frame) {
    if (production || branch.isPresent()) {
      return branching(frame);
    }
    return (flow, project, by) -> {
      if (earlier.isProduction()) {
        project.ifPresent(name -> pass(frame, name));
      }
      return project.map(
          name ->
              earlier
                  .branch()
                  .filter(same -> earlier.project().isPresent())
                  .map(same -> new ProjectBranch(name, Name.of(same)))
                  .orElseGet(() -> ProjectBranch.of(name, by)));
    };
  }

  private Branching choice(Consumer<Name> entering) {
    if (production && branch.isPresent()) {
      throw new Invalid("--branch and --production exclude each other; give one of them");
    }
    Optional<Name> named = branch.map(BranchChoice::name);
    return (flow, project, by) -> {
      if (project.isEmpty()) {
        refuseWithoutProject(flow);
        return Optional.empty();
      }
      if (production) {
        entering.accept(project.get());
        return Optional.of(ProjectBranch.production(project.get()));
      }
      return Optional.of(
          named
              .map(name -> new ProjectBranch(project.get(), name))
              .orElseGet(() -> ProjectBranch.of(project.get(), by)));
    };
  }

  private void pass(Frame frame, Name project) {
    try (Colophon colophon = frame.open()) {
      gate(frame, colophon.runs(), project)
          .pass(project, token(frame.world()), frame.world().person());
    }
  }

  private Optional<String> token(World world) {
    return token
        .or(() -> Optional.ofNullable(world.environment().get(VARIABLE)))
        .filter(text -> !text.isEmpty());
  }

  /** The gate of a home; a token that is made is shown beside the answer. */
  static ProductionGate gate(Frame frame, RunLog runs, Name project) {
    World world = frame.world();
    return new ProductionGate(
        runs,
        TokenFile.of(world.environment(), world.personFolder(), frame.home()),
        world.clock(),
        made ->
            world
                .err()
                .println(
                    "token of the production branch of %s, shown this once: %s"
                        .formatted(project, made)));
  }

  private void refuseWithoutProject(Name flow) {
    if (production || branch.isPresent()) {
      throw new Invalid(
          "%s: flow %s belongs to no project; write @Project(\"NAME\") above its class, or leave the option out"
              .formatted(production ? "--production" : "--branch", flow));
    }
  }

  private static Name name(String text) {
    if (!Name.isValid(text)) {
      throw new Invalid(
          "--branch \"%s\": expected a letter or digit, then up to 127 of A-Z a-z 0-9 . _ -"
              .formatted(text));
    }
    if (text.equals(ProjectBranch.PRODUCTION.text())) {
      throw new Invalid("--branch production: that branch takes a token; write --production");
    }
    return Name.of(text);
  }
}
