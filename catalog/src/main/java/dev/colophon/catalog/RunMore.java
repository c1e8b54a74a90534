package dev.colophon.catalog;

import dev.colophon.core.Name;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunAddition;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds rows to those that a run started with. */
final class RunMore {
  private static final String PARAMETERS = "SELECT name, value FROM parameters WHERE run_id = ?";
  private static final String STEPS = "SELECT name FROM steps WHERE run_id = ?";
  private static final String NEXT_STEP =
      "SELECT coalesce(max(position), -1) + 1 FROM steps WHERE run_id = ?";
  private static final String NEXT_DATASET =
      "SELECT coalesce(max(position), -1) + 1 FROM datasets WHERE run_id = ?";

  private RunMore() {}

  static void write(Session session, long runId, RunAddition addition) throws SQLException {
    Map<String, Json> parameters = new TreeMap<>();
    session
        .list(PARAMETERS, row -> Map.entry(row.text("name"), Json.parse(row.text("value"))), runId)
        .forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue()));
    List<Name> steps =
        addition.steps().isEmpty()
            ? List.of()
            : session.list(STEPS, row -> row.name("name"), runId);
    addition.check(parameters, steps);
    SortedMap<String, Json> fresh = new TreeMap<>(addition.parameters());
    fresh.keySet().removeAll(parameters.keySet());
    RunStart.writeParameters(session, runId, fresh);
    RunStart.writeSteps(
        session,
        runId,
        addition.steps(),
        Math.toIntExact(session.number(NEXT_STEP, runId)),
        Map.of());
    RunStart.writeDatasets(
        session, runId, addition.datasets(), Math.toIntExact(session.number(NEXT_DATASET, runId)));
  }
}
