package dev.colophon.flow.code;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of a repository that a snapshot depends on. */
record GitConfig(Map<String, String> values) {
  static final List<String> QUERY =
      List.of(
          "config",
          "-z",
          "--get-regexp",
          "^(remote\\..*\\.url|core\\.(autocrlf|attributesfile|worktree))$");

  static GitConfig parse(List<String> records) {
    Map<String, String> values = new TreeMap<>();
    for (String setting : records) {
      int line = setting.indexOf('\n');
      String name = line < 0 ? setting : setting.substring(0, line);
      String value = line < 0 ? "true" : setting.substring(line + 1);
      if (name.startsWith("remote.")) {
        values.putIfAbsent(name, value); // a remote may have further URLs to push to
      } else {
        values.put(name, value);
      }
    }
    return new GitConfig(values);
  }

  /** URL of {@code origin} or of the only remote, without user and password. */
  Optional<String> remote() {
    Optional<String> origin = Optional.ofNullable(values.get("remote.origin.url"));
    List<String> all = values.keySet().stream().filter(name -> name.startsWith("remote.")).toList();
    return origin
        .or(() -> all.size() == 1 ? Optional.ofNullable(values.get(all.getFirst())) : origin)
        .map(Secrets::withoutCredentials);
  }

  /** Whether Git may rewrite line ends of any file. */
  boolean convertsLineEnds() {
    String value = values.getOrDefault("core.autocrlf", "false").toLowerCase(Locale.ROOT);
    return !List.of("false", "no", "off", "0", "").contains(value);
  }

  Optional<String> attributesFile() {
    return Optional.ofNullable(values.get("core.attributesfile"));
  }

  boolean hasWorkTreeElsewhere() {
    return values.containsKey("core.worktree");
  }
}
