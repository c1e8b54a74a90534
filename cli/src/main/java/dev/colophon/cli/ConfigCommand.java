package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.json.Json;
import dev.colophon.embedded.config.Key;
import dev.colophon.embedded.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "config",
    header = "Shows what is set, and where.",
    description = {
      "A value of the command line wins over one of --params FILE, of the environment (COLOPHON_*), of"
          + " colophon.toml of the project, of the person's own ~/.config/colophon/config.toml and over"
          + " the built-in one, in this order.",
      "Secrets are shown by where they are kept; they are not fetched.",
    },
    footer = {"", "Example:", "  colophon config --json"})
final class ConfigCommand implements Callable<Integer> {
  private static final String BUILT_IN = "built in";

  private final Frame frame;

  ConfigCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    List<Setting> settings = settings();
    return frame.answer(Answer.of(() -> json(settings), screen -> write(settings, screen)));
  }

  private List<Setting> settings() {
    Map<String, Setting> all = new TreeMap<>();
    put(all, Key.HOME, Json.of(frame.home().toString()), BUILT_IN);
    put(all, Key.WORKERS, Json.of(Runtime.getRuntime().availableProcessors()), BUILT_IN);
    put(all, Key.COLOR, Json.of("auto"), BUILT_IN);
    frame.configuration().all().forEach(setting -> all.put(setting.name(), setting));
    Json home = Json.of(frame.home().toString());
    all.computeIfPresent(
        Key.HOME.path(), (name, setting) -> new Setting(name, home, setting.from()));
    if (frame.namedHome().isPresent()) {
      put(all, Key.HOME, home, "--home");
    }
    return List.copyOf(all.values());
  }

  private static void put(Map<String, Setting> all, Key key, Json value, String from) {
    all.put(key.path(), new Setting(key.path(), value, from));
  }

  /** A home below the working folder is named from there. */
  private String shown(Setting setting) {
    Path here = frame.world().workingFolder();
    Path home = frame.home().folder();
    return setting.name().equals(Key.HOME.path()) && home.startsWith(here)
        ? here.relativize(home).toString()
        : Show.value(setting.value());
  }

  private Json json(List<Setting> settings) {
    return Json.object()
        .put("files", Json.ofStrings(frame.configuration().files()))
        .put(
            "settings",
            Json.of(
                settings.stream()
                    .map(
                        setting ->
                            Json.object()
                                .put("name", setting.name())
                                .put("value", setting.value())
                                .put("from", setting.from())
                                .build())
                    .toList()))
        .build();
  }

  private void write(List<Setting> settings, Screen screen) {
    Table table = new Table("", "NAME", "VALUE", "FROM");
    for (Setting setting : settings) {
      table.add(setting.name(), shown(setting), setting.from());
    }
    table.write(screen);
    if (frame.configuration().files().isEmpty()) {
      screen.line(
          screen.dim("no colophon.toml here; docs/guide/configuration.md says what it may hold"));
    }
  }
}
