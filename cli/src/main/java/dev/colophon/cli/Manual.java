package dev.colophon.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What stands below the examples of a command's help, as in a page of a manual. */
final class Manual {
  private static final String COMMON =
      "  0 done, 2 it can't be right as it was typed, 4 there is no such thing, 7 something can't be used"
          + " now";

  /** Statuses of their own, by command. */
  private static final Map<String, String> STATUSES =
      Map.of(
          "run",
          "  0 the run completed, 1 it failed or was lost, 2 it can't be right as it was typed, 130 it was"
              + " stopped",
          "demo",
          "  0 the run completed, 1 it failed, 130 it was stopped",
          "model alias",
          COMMON + ", 5 the alias was elsewhere than --expect said");

  /** Commands that people go on with, by command. */
  private static final Map<String, String> RELATED =
      Map.ofEntries(
          Map.entry("", "docs/guide"),
          Map.entry("demo", "run, trace"),
          Map.entry("run", "show, runs, config"),
          Map.entry("runs", "show, trace"),
          Map.entry("show", "runs, get, trace"),
          Map.entry("get", "show"),
          Map.entry("trace", "impact, show"),
          Map.entry("impact", "trace"),
          Map.entry("models", "model show, model alias"),
          Map.entry("model", "models"),
          Map.entry("model show", "models, trace"),
          Map.entry("model alias", "model history"),
          Map.entry("model history", "model alias"),
          Map.entry("config", "run"),
          Map.entry("completion", "config"));

  private Manual() {}

  /** Adds the exit status, and what else to read. */
  static void complete(CommandSpec spec) {
    String name = spec.qualifiedName().replaceFirst("^colophon ?", "");
    UsageMessageSpec usage = spec.usageMessage();
    List<String> footer = new ArrayList<>(Arrays.asList(usage.footer()));
    footer.addAll(
        List.of(
            "", "Exit status (docs/formats/cli.md has all):", STATUSES.getOrDefault(name, COMMON)));
    if (RELATED.containsKey(name)) {
      footer.addAll(List.of("", "See also: " + RELATED.get(name)));
    }
    usage.footer(footer.toArray(String[]::new));
  }
}
