package dev.colophon.catalog;

import static dev.colophon.testkit.SampleRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.code.CodeJson;
import dev.colophon.core.query.RunOrder;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Spans;
import dev.colophon.core.query.WhereParser;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunPlace;
import dev.colophon.core.run.RunRecord;
import dev.colophon.testkit.SampleRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A catalog of schema version 2, as an older Colophon wrote it, is found with all that it holds.
 */
class MigrationTest {
  private static final String RUN =
      """
      INSERT INTO runs (id, flow, number, state, code, environment_id, seed, as_of, started_at,
        heard_at, ended_at, started_by, runner_host, runner_pid, runner_started_at)
      VALUES (?, 'Old', ?, 'completed', ?, 1, 0, '2026-11-23T15:01:02Z', ?, ?, ?, 'ana', 'host', 1, ?)\
      """;

  private final Path file;
  private final SqlCatalog catalog;

  MigrationTest(@TempDir Path folder) {
    file = folder.resolve("catalog.db");
    catalog = SqlCatalog.at(file);
  }

  /** A run that measured and registered, and one that took its outcome. */
  @BeforeEach
  void anOldCatalog() throws SQLException, IOException {
    String code = CodeJson.toJson(SampleRecords.code()).canonical();
    Digest digest = Digest.of(code);
    try (Session old = RawFile.open(file)) {
      old.pragma("journal_mode = WAL");
      old.execute(script("V1__first.sql"));
      old.execute(script("V2__reuse.sql"));
      old.execute("PRAGMA application_id = " + Schema.APPLICATION);
      old.execute("PRAGMA user_version = 2");
      old.update("INSERT INTO code_versions VALUES (?, ?)", digest, code);
      old.update("INSERT INTO environments VALUES (1, ?, '{}')", digest);
      for (int run = 1; run <= 2; run++) {
        old.update(RUN, run, run, digest, START, START, START.plusSeconds(run), START);
        old.update("INSERT INTO steps VALUES (?, ?, 's', 0, '[]', '[]', NULL, 'on')", run, run);
      }
      old.update("INSERT INTO tags VALUES (1, 0, 'nightly', ?)", START);
      old.execute(
          """
          INSERT INTO parameters VALUES (1, 'months', '6'), (1, 'rate', '0.1'), (1, 'fast', 'true'),
            (1, 'from', '"2013-04"'), (1, 'list', '[1]')\
          """);
      old.execute("INSERT INTO tasks (id, step_id, index_path, attempt) VALUES (1, 1, '', 1)");
      old.execute(
          "INSERT INTO tasks (id, step_id, index_path, attempt, origin_task_id) VALUES (2, 2, '', 1, 1)");
      old.execute(
          """
          INSERT INTO metrics VALUES (1, 1, 0, 'auc', 0.5, NULL, NULL, 1),
            (1, 1, 1, 'auc', 0.7, NULL, NULL, 2), (1, 1, 2, 'lift', NULL, NULL, NULL, 2)\
          """);
      old.update("INSERT INTO artifacts VALUES (1, ?, 'blob', 1, NULL)", digest);
      old.execute("INSERT INTO models VALUES (1, 'm')");
      old.update(
          "INSERT INTO versions VALUES (1, 1, 1, ?, 'file', 1, 3, 'ana', NULL, ?, '{}')",
          digest,
          "{\"auc\":0.71,\"odds\":\"Infinity\",\"gain\":\"NaN\"}");
      for (int task = 1; task <= 2; task++) {
        old.update("INSERT INTO outputs VALUES (?, ?, 'version', NULL, 1)", task, digest);
      }
    }
  }

  private static String script(String name) throws IOException {
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      return new String(
          Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private List<String> found(String where) {
    RunQuery query =
        new RunQuery(
            WhereParser.parse(where, new Spans(ZoneOffset.UTC, START)),
            RunOrder.NEWEST,
            9,
            Optional.empty());
    return catalog.runLog().listRuns(query).items().stream()
        .map(run -> run.id().toString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tag = nightly",
        "param.months = 6",
        "param.rate = 0.1",
        "param.fast = true",
        "param.from >= 2013-04",
        "seconds = 1",
        "auc = 0.71 and odds = infinity and number = 1"
      })
  void anOldRunIsFoundByWhatItHad(String where) {
    assertThat(found(where)).containsExactly("Old/1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"param.list = 1", "lift < 1", "gain < 1", "auc = 0.7"})
  void anOldRunIsNotFoundByWhatCannotBeCompared(String where) {
    assertThat(found(where)).isEmpty();
  }

  @Test
  void aRunThatTookAnOutcomeIsFoundByWhatThatMeasured() {
    assertThat(found("auc = 0.71")).containsExactly("Old/2", "Old/1");
  }

  @Test
  void whereOldRunsStandIsTakenFromTheirCode() {
    assertThat(catalog.runLog().listRuns(RunFilter.ALL).items())
        .extracting(RunRecord::place)
        .containsOnly(
            new RunPlace(
                Optional.empty(), Optional.of("main"), Optional.of("3f2c1a9".repeat(5) + "3f2c1")));
  }
}
