package dev.colophon.core;

import dev.colophon.core.error.ColophonException.Invalid;
import java.util.Optional;

/** Something that a person can point at and ask how it was made. */
public sealed interface Subject {

  /** An execution of a flow, or a part of one. */
  sealed interface InRun extends Subject {
    RunId run();
  }

  /**
   * One execution of a flow: {@code FlightDelays/12}.
   *
   * @param number from 1, without gaps within a flow
   */
  record RunId(Name flow, int number) implements InRun, Comparable<RunId> {
    public RunId {
      if (number < 1) {
        throw new Invalid("run %s/%d: expected a number of 1 or more".formatted(flow, number));
      }
    }

    /** Reads {@code FLOW/NUMBER}. */
    public static RunId parse(String text) {
      if (Subject.parse(text) instanceof RunId run) {
        return run;
      }
      throw new Invalid(
          "run \"%s\": expected FLOW/NUMBER, such as FlightDelays/12".formatted(text));
    }

    public StepId step(Name step) {
      return new StepId(this, step);
    }

    @Override
    public RunId run() {
      return this;
    }

    @Override
    public int compareTo(RunId other) {
      int order = flow.compareTo(other.flow);
      return order != 0 ? order : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
      return flow + "/" + number;
    }
  }

  /** A step of one run, all its tasks together: {@code FlightDelays/12/fit}. */
  record StepId(RunId run, Name step) implements InRun {
    public TaskId task(IndexPath index) {
      return new TaskId(run, step, index);
    }

    @Override
    public String toString() {
      return run + "/" + step;
    }
  }

  /**
   * One execution of a step: {@code FlightDelays/12/fit/3,7}; without dimensions {@code
   * FlightDelays/12/fit}.
   */
  record TaskId(RunId run, Name step, IndexPath index) implements InRun, Comparable<TaskId> {
    public StepId stepId() {
      return new StepId(run, step);
    }

    @Override
    public int compareTo(TaskId other) {
      int order = run.compareTo(other.run);
      order = order != 0 ? order : step.compareTo(other.step);
      return order != 0 ? order : index.compareTo(other.index);
    }

    @Override
    public String toString() {
      return index.isEmpty() ? run + "/" + step : run + "/" + step + "/" + index;
    }
  }

  /**
   * A numbered entry of a model: {@code flight-delays@3}.
   *
   * @param number from 1, without gaps within a model, never given twice
   */
  record VersionId(Name model, int number) implements Subject, Comparable<VersionId> {
    public VersionId {
      if (number < 1) {
        throw new Invalid(
            "model version %s@%d: expected a number of 1 or more".formatted(model, number));
      }
    }

    @Override
    public int compareTo(VersionId other) {
      int order = model.compareTo(other.model);
      return order != 0 ? order : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
      return model + "@" + number;
    }
  }

  /** A movable name of one version of a model: {@code flight-delays@champion}. */
  record AliasId(Name model, Name alias) implements Subject {
    @Override
    public String toString() {
      return model + "@" + alias;
    }
  }

  /** Content, whoever made it. */
  record Content(Digest digest) implements Subject {
    @Override
    public String toString() {
      return digest.toString();
    }
  }

  /**
   * Reads {@code FLOW/NUMBER[/STEP[/INDEX]]}, {@code MODEL@VERSION}, {@code MODEL@ALIAS}, or a
   * whole digest.
   *
   * @throws Invalid if the text has none of these shapes
   */
  static Subject parse(String text) {
    if (text.startsWith("sha256:") || text.matches("[0-9a-f]{64}")) {
      return new Content(Digest.parse(text));
    }
    int at = text.indexOf('@');
    if (at > 0) {
      Name model = Name.of(text.substring(0, at));
      String version = text.substring(at + 1);
      Optional<Integer> number = wholeNumber(version);
      return number.isPresent()
          ? new VersionId(model, number.get())
          : new AliasId(model, Name.of(version));
    }
    String[] parts = text.split("/", -1);
    Optional<Integer> number = parts.length < 2 ? Optional.empty() : wholeNumber(parts[1]);
    if (number.isEmpty() || parts.length > 4) {
      throw new Invalid(
          "\"%s\": expected FLOW/NUMBER[/STEP[/INDEX]], MODEL@VERSION, MODEL@ALIAS or a digest of 64 digits"
              .formatted(text));
    }
    RunId run = new RunId(Name.of(parts[0]), number.get());
    return switch (parts.length) {
      case 2 -> run;
      case 3 -> run.step(Name.of(parts[2]));
      default -> run.step(Name.of(parts[2])).task(IndexPath.parse(parts[3]));
    };
  }

  private static Optional<Integer> wholeNumber(String text) {
    try {
      return text.matches("[0-9]+") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    } catch (NumberFormatException e) {
      throw new Invalid("number \"%s\": expected at most %d".formatted(text, Integer.MAX_VALUE), e);
    }
  }
}
