package dev.colophon.cli.logs;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.LogLine;

/** Something that is shown of a log. */
public sealed interface LogEntry {
  /** The task that was asked for; of a reused outcome not the one that said it. */
  TaskId task();

  /** As docs/formats/cli.md, "logs", has it. */
  Json json();

  /**
   * A line.
   *
   * @param attempt number of the try, from 1
   */
  record Said(TaskId task, int attempt, LogLine line) implements LogEntry {
    @Override
    public Json json() {
      return Json.object()
          .put("task", task.toString())
          .put("attempt", attempt)
          .put("stream", line.stream().text())
          .put("time", line.at().toString())
          .put("text", line.text())
          .build();
    }
  }

  /** Where something is missing, such as the middle of a very long log. */
  record LeftOut(TaskId task, int attempt, long bytes) implements LogEntry {
    @Override
    public Json json() {
      return Json.object()
          .put("task", task.toString())
          .put("attempt", attempt)
          .put("leftOutBytes", bytes)
          .build();
    }
  }

  /** A line of a log that an earlier Colophon kept as one text. */
  record Untimed(TaskId task, String text) implements LogEntry {
    @Override
    public Json json() {
      return Json.object().put("task", task.toString()).put("text", text).build();
    }
  }
}
