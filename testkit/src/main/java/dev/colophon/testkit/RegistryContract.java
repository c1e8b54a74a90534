package dev.colophon.testkit;

import static dev.colophon.testkit.SampleRecords.REGISTER;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.draft;
import static dev.colophon.testkit.SampleRecords.registered;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.model.AliasMove;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.model.Registry;
import dev.colophon.core.model.VersionDraft;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskEnd;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a {@link Registry} promises: every implementation passes, beside the run log that makes its
 * versions.
 */
public abstract class RegistryContract {
  private static final Name MODEL = Name.of("delays");
  private static final AliasId CHAMPION = new AliasId(MODEL, Name.of("champion"));
  private static final Instant LATER = START.plusSeconds(60);

  /** The run log beside the registry under test; the same one throughout a test. */
  protected abstract RunLog runLog();

  /** The registry under test, empty at first; the same one throughout a test. */
  protected abstract Registry registry();

  private VersionId make(String model, String content) {
    RunId run = runLog().start(run("Flow")).id();
    TaskEnd end = registered(task(run, REGISTER), model, content);
    return runLog().commit(run, List.of(end)).getFirst().flatMap(Output::version).orElseThrow();
  }

  private AliasMove point(AliasId alias, int to, OptionalInt expected, String by) {
    return registry().point(alias, to, expected, LATER, by, "better");
  }

  @Test
  public void anEmptyRegistryKnowsNothing() {
    assertThat(registry().listModels(10, Optional.empty()))
        .isEqualTo(new Page<>(List.of(), Optional.empty()));
    assertThat(registry().findModel(MODEL)).isEmpty();
    assertThat(registry().findAlias(CHAMPION)).isEmpty();
    assertThat(registry().history(MODEL)).isEmpty();
    assertThat(registry().listVersions(MODEL, 10, OptionalInt.empty())).isEmpty();
    assertThatThrownBy(() -> registry().getModel(MODEL)).isInstanceOf(NotFound.class);
  }

  @Test
  public void aVersionIsRecordedAsItWasDrafted() {
    VersionId id = make("delays", "weights");
    VersionDraft draft = draft("delays", "weights");
    assertThat(registry().getVersion(id))
        .isEqualTo(
            new VersionRecord(
                new VersionId(MODEL, 1),
                draft.artifact(),
                draft.codec(),
                task(RunId.parse("Flow/1"), REGISTER),
                START.plusMillis(1500),
                "ana",
                draft.description(),
                draft.metrics(),
                draft.tags()));
  }

  @Test
  public void aVersionThatIsNotThereIsNotFound() {
    make("delays", "weights");
    assertThatThrownBy(() -> registry().getVersion(new VersionId(MODEL, 2)))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("delays@2");
  }

  @Test
  public void eachModelHasItsOwnNumbers() {
    make("delays", "a");
    assertThat(make("other", "b").number()).isEqualTo(1);
    assertThat(make("delays", "c").number()).isEqualTo(2);
  }

  @Test
  public void equalBytesMakeAVersionOfTheirOwn() {
    make("delays", "a");
    assertThat(make("delays", "a").number()).isEqualTo(2);
  }

  @Test
  public void aModelSaysItsLatestVersionAndWhereItsAliasesPoint() {
    make("delays", "a");
    make("delays", "b");
    point(CHAMPION, 1, OptionalInt.empty(), "bo");
    assertThat(registry().getModel(MODEL))
        .isEqualTo(
            new ModelRecord(
                MODEL,
                START.plusMillis(1500),
                2,
                START.plusMillis(1500),
                new TreeMap<>(Map.of(Name.of("champion"), 1))));
  }

  @Test
  public void modelsAreListedByNamePageByPage() {
    for (String model : List.of("c", "a", "b")) {
      make(model, model);
    }
    Page<ModelRecord> first = registry().listModels(2, Optional.empty());
    assertThat(first.items()).extracting(model -> model.name().text()).containsExactly("a", "b");
    Page<ModelRecord> last = registry().listModels(2, first.next());
    assertThat(last.items()).extracting(model -> model.name().text()).containsExactly("c");
    assertThat(last.next()).isEmpty();
  }

  @Test
  public void versionsAreListedNewestFirst() {
    for (int i = 0; i < 5; i++) {
      make("delays", "weights " + i);
    }
    assertThat(registry().listVersions(MODEL, 2, OptionalInt.of(4)))
        .extracting(version -> version.id().number())
        .containsExactly(3, 2);
  }

  @Test
  public void aListOfNothingIsRefused() {
    assertThatThrownBy(() -> registry().listModels(0, Optional.empty()))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> registry().listVersions(MODEL, 0, OptionalInt.empty()))
        .isInstanceOf(Invalid.class);
  }

  @Test
  public void versionsAreFoundByTheirBytes() {
    make("delays", "a");
    make("delays", "b");
    make("other", "a");
    assertThat(registry().versionsOf(List.of(Digest.of("a"), Digest.of("none"))))
        .containsExactly(new VersionId(MODEL, 1), new VersionId(Name.of("other"), 1));
  }

  @Test
  public void anAliasNamesTheVersionItWasPointedAt() {
    make("delays", "a");
    assertThat(point(CHAMPION, 1, OptionalInt.of(0), "bo"))
        .isEqualTo(new AliasMove(CHAMPION, OptionalInt.empty(), 1, LATER, "bo", "better"));
    assertThat(registry().findAlias(CHAMPION)).contains(new VersionId(MODEL, 1));
  }

  @Test
  public void anAliasMovesWhenItNamesWhatWasExpected() {
    make("delays", "a");
    make("delays", "b");
    point(CHAMPION, 1, OptionalInt.of(0), "bo");
    assertThat(point(CHAMPION, 2, OptionalInt.of(1), "cy").from()).hasValue(1);
    assertThat(registry().findAlias(CHAMPION)).contains(new VersionId(MODEL, 2));
  }

  @Test
  public void anAliasThatSomeoneMovedStaysWhereItIs() {
    make("delays", "a");
    make("delays", "b");
    point(CHAMPION, 2, OptionalInt.empty(), "bo");
    assertThatThrownBy(() -> point(CHAMPION, 1, OptionalInt.of(1), "cy"))
        .isInstanceOf(Conflict.class)
        .hasMessageContainingAll("champion", "delays", "1", "2");
    assertThat(registry().findAlias(CHAMPION)).contains(new VersionId(MODEL, 2));
  }

  @Test
  public void anAliasExpectedToBeNewIsRefusedIfItExists() {
    make("delays", "a");
    point(CHAMPION, 1, OptionalInt.empty(), "bo");
    assertThatThrownBy(() -> point(CHAMPION, 1, OptionalInt.of(0), "cy"))
        .isInstanceOf(Conflict.class);
  }

  @Test
  public void pointingAnAliasWhereItPointsChangesNothing() {
    make("delays", "a");
    AliasMove first = point(CHAMPION, 1, OptionalInt.empty(), "bo");
    assertThat(point(CHAMPION, 1, OptionalInt.empty(), "cy")).isEqualTo(first);
    assertThat(registry().history(MODEL)).containsExactly(first);
  }

  @Test
  public void anAliasOfAVersionThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> point(CHAMPION, 1, OptionalInt.empty(), "bo"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("delays@1");
  }

  @Test
  public void historyHoldsAllMovesOfAModelNewestFirst() {
    make("delays", "a");
    make("delays", "b");
    make("other", "b");
    AliasMove first = point(CHAMPION, 1, OptionalInt.empty(), "bo");
    AliasMove second = point(new AliasId(MODEL, Name.of("next")), 2, OptionalInt.empty(), "bo");
    AliasMove third = point(CHAMPION, 2, OptionalInt.empty(), "cy");
    point(new AliasId(Name.of("other"), Name.of("champion")), 1, OptionalInt.empty(), "bo");
    assertThat(registry().history(MODEL)).containsExactly(third, second, first);
  }
}
