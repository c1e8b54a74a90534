package dev.colophon.testkit;

import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.runAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TagChange;
import dev.colophon.core.run.TagMove;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What changing the tags of runs promises: every {@link RunLog} passes. */
public abstract class TagsContract {
  private static final Instant LATER = START.plusSeconds(60);
  private static final int TAGGERS = 32;

  /** The run log under test, empty at first; the same one throughout a test. */
  protected abstract RunLog runLog();

  /** Another way into the same records, such as another process has; a new one for each call. */
  protected abstract RunLog another();

  private static SortedSet<Name> names(String... names) {
    return Arrays.stream(names).map(Name::of).collect(Collectors.toCollection(TreeSet::new));
  }

  private static TagChange add(String... tags) {
    return new TagChange(names(tags), names(), LATER, "bo");
  }

  private static TagChange remove(String... tags) {
    return new TagChange(names(), names(tags), LATER, "bo");
  }

  private List<String> tags(RunId run) {
    return runLog().getRun(run).tags().stream().map(Name::text).toList();
  }

  @Test
  public void tagsAreAddedAfterThoseThatARunStartedWith() {
    RunId run = runLog().start(run("Flow", "z")).id();
    assertThat(runLog().tag(List.of(run), add("b", "a"))).containsExactly(runLog().getRun(run));
    assertThat(tags(run)).containsExactly("z", "a", "b");
  }

  @Test
  public void tagsAreRemoved() {
    RunId run = runLog().start(run("Flow", "a", "b")).id();
    runLog().tag(List.of(run), remove("a"));
    assertThat(tags(run)).containsExactly("b");
  }

  @Test
  public void aTagThatWasRemovedIsAddedAtTheEnd() {
    RunId run = runLog().start(run("Flow", "a", "b")).id();
    runLog().tag(List.of(run), remove("a"));
    runLog().tag(List.of(run), add("a"));
    assertThat(tags(run)).containsExactly("b", "a");
  }

  @Test
  public void aRunThatHasEndedIsTaggedAndElseStaysAsItIs() {
    RunId run = runLog().start(run("Flow")).id();
    RunRecord ended = runLog().end(run, RunState.COMPLETED, LATER, Optional.empty());
    RunRecord tagged = runLog().tag(List.of(run), add("good")).getFirst();
    assertThat(tagged).usingRecursiveComparison().ignoringFields("tags").isEqualTo(ended);
  }

  @Test
  public void taggingDoesNotMoveARunInItsList() {
    RunId old = runLog().start(runAt("Flow", START)).id();
    RunId young = runLog().start(runAt("Flow", START.plusSeconds(1), "good")).id();
    runLog().tag(List.of(old), add("good"));
    RunFilter good =
        new RunFilter(
            Optional.empty(), Optional.empty(), Optional.of(Name.of("good")), 9, Optional.empty());
    assertThat(runLog().listRuns(good).items().stream().map(RunRecord::id))
        .containsExactly(young, old);
  }

  @Test
  public void aRunIsNotListedByATagThatWasRemoved() {
    RunId run = runLog().start(run("Flow", "good")).id();
    runLog().tag(List.of(run), remove("good"));
    RunFilter good =
        new RunFilter(
            Optional.empty(), Optional.empty(), Optional.of(Name.of("good")), 9, Optional.empty());
    assertThat(runLog().listRuns(good).items()).isEmpty();
  }

  @Test
  public void severalRunsAreTaggedAtOnce() {
    RunId one = runLog().start(run("Flow")).id();
    RunId two = runLog().start(run("Flow")).id();
    assertThat(runLog().tag(List.of(two, one), add("good")).stream().map(RunRecord::id))
        .containsExactly(two, one);
    assertThat(tags(one)).containsExactly("good");
    assertThat(tags(two)).containsExactly("good");
  }

  @Test
  public void noRunIsTaggedWhereOneOfThemDoesNotExist() {
    RunId one = runLog().start(run("Flow")).id();
    assertThatThrownBy(() -> runLog().tag(List.of(one, RunId.parse("Flow/7")), add("good")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("Flow/7");
    assertThat(tags(one)).isEmpty();
  }

  @Test
  public void aTagThatIsBothAddedAndRemovedIsRefused() {
    assertThatThrownBy(() -> new TagChange(names("a"), names("a"), LATER, "bo"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("tag a");
  }

  @Test
  public void theHistoryTellsWhoTaggedWhen() {
    RunId run = runLog().start(run("Flow", "a")).id();
    runLog().tag(List.of(run), add("b"));
    runLog().tag(List.of(run), remove("a"));
    assertThat(runLog().tagHistory(run))
        .containsExactly(
            new TagMove(run, Name.of("b"), true, LATER, "bo"),
            new TagMove(run, Name.of("a"), false, LATER, "bo"));
  }

  @Test
  public void whatChangesNothingLeavesNoTrace() {
    RunId run = runLog().start(run("Flow", "a")).id();
    runLog().tag(List.of(run), add("a"));
    runLog().tag(List.of(run), remove("b"));
    assertThat(tags(run)).containsExactly("a");
    assertThat(runLog().tagHistory(run)).isEmpty();
  }

  @Test
  public void noneIsLostOfThoseThatManyAddAndRemoveAtOnce()
      throws InterruptedException, ExecutionException {
    String[] before = IntStream.range(0, TAGGERS).mapToObj(i -> "old" + i).toArray(String[]::new);
    RunId run = runLog().start(run("Flow", before)).id();
    List<RunLog> ways = new ArrayList<>();
    IntStream.range(0, TAGGERS).forEach(i -> ways.add(another()));
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(TAGGERS)) {
      for (int i = 0; i < TAGGERS; i++) {
        RunLog log = ways.get(i);
        TagChange change =
            new TagChange(names("new" + i, "shared"), names("old" + i), LATER, "p" + i);
        done.add(threads.submit(() -> log.tag(List.of(run), change)));
      }
    }
    for (Future<?> one : done) {
      one.get();
    }
    List<String> expected =
        new ArrayList<>(IntStream.range(0, TAGGERS).mapToObj(i -> "new" + i).toList());
    expected.add("shared");
    assertThat(tags(run)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(runLog().tagHistory(run)).hasSize(2 * TAGGERS + 1);
  }
}
