package dev.colophon.cli;

import dev.colophon.cli.frame.Show;
import dev.colophon.core.error.ColophonException;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.embedded.config.Key;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What an option stands at that was not given, where something is set for it. */
final class ConfiguredDefaults implements IDefaultValueProvider {
  private static final Map<String, Key> KEYS =
      Map.of("--workers", Key.WORKERS, "--limit", Key.LIMIT);

  private final Configuration configuration;

  ConfiguredDefaults(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    Key key = argument instanceof OptionSpec option ? KEYS.get(option.longestName()) : null;
    try {
      return key == null
          ? null
          : configuration.find(key).map(setting -> Show.value(setting.value())).orElse(null);
    } catch (ColophonException e) {
      return null; // said before the command runs; its help needs none of it
    }
  }
}
