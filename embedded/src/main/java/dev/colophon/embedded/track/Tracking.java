package dev.colophon.embedded.track;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.StepRecord;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.run.TaskContents;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What tracked runs are recorded with.
 *
 * @param datasets captures what lies at a path
 * @param inputs finds what a task left behind, by an address
 * @param warnings told what a person had better know
 */
public record Tracking(
    RunLog runs,
    ArtifactStore store,
    Codecs codecs,
    Clock clock,
    Function<Path, List<Dataset>> datasets,
    Function<String, Input> inputs,
    Consumer<String> warnings) {
  /** The steps that every tracked run begins with: the program itself. */
  public static final List<StepRecord> STEPS =
      List.of(new StepRecord(Journal.MAIN, List.of("part"), List.of()));

  /** Whether a run of these steps is of a program that is no flow. */
  public static boolean isTracked(List<StepRecord> steps) {
    return steps.stream()
        .anyMatch(
            step ->
                step.name().equals(Journal.MAIN)
                    && step.reads().isEmpty()
                    && step.dimensions().equals(STEPS.getFirst().dimensions()));
  }

  /**
   * Records the start of a run, durably.
   *
   * @param run of {@link #STEPS}, its code in the store
   */
  public TrackedRun start(NewRun run) {
    store.sync(); // the code version is about to be named
    return new TrackedRun(new Journal(runs.start(run), runs, store, clock), this);
  }

  TaskContents contents() {
    return TaskContents.of(runs, store, codecs);
  }
}
