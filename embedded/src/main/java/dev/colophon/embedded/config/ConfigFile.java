package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.flow.graph.Suggestion;
import dev.colophon.flow.run.ParamValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a file of settings, and refuses all that is wrong in it at once. */
final class ConfigFile {
  private static final String PARAMS = "params";
  private static final String SECRETS = "secrets";
  private static final String DEFAULTS = "defaults";
  private static final String CODE = "code";

  /** What a secret may be kept in. */
  private static final List<String> PLACES = List.of("env", "file", "command");

  private final Document document;
  private final Path folder;
  private final Map<Key, Setting> settings = new EnumMap<>(Key.class);
  private final Map<String, Map<String, ParamValue>> parameters = new LinkedHashMap<>();
  private final Map<String, Placed> secrets = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Where a secret is kept.
   *
   * @param from line that says so
   */
  record Placed(SecretPlace place, String from) {}

  private ConfigFile(Document document, Path folder) {
    this.document = document;
    this.folder = folder;
  }

  /**
   * Reads one.
   *
   * @param file absolute
   * @param shown the file as people know it
   * @throws Invalid listing all that is wrong, each with its line
   */
  static ConfigFile read(Path file, String shown) {
    Path folder = Optional.ofNullable(file.getParent()).orElse(file);
    ConfigFile config = new ConfigFile(Document.of(file, shown), folder);
    config.check();
    if (!config.problems.isEmpty()) {
      throw new Invalid(String.join("\n", config.problems));
    }
    return config;
  }

  /** The file as people know it. */
  String shown() {
    return document.shown();
  }

  /** Against which its relative paths are resolved. */
  Path folder() {
    return folder;
  }

  Optional<Setting> find(Key key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** Values of the parameters of a flow. */
  Map<String, ParamValue> parameters(String flow) {
    return parameters.getOrDefault(flow, Map.of());
  }

  /** Values of parameters, by flow. */
  Map<String, Map<String, ParamValue>> parameters() {
    return parameters;
  }

  /** Where secrets are kept, by name. */
  Map<String, Placed> secrets() {
    return secrets;
  }

  private void check() {
    List<String> known = List.of("home", "project", CODE, DEFAULTS, PARAMS, SECRETS);
    document
        .content()
        .members()
        .forEach(
            (name, value) -> {
              switch (name) {
                case "home", "project" -> set(keyOf(name), value);
                case CODE, DEFAULTS ->
                    table(value, name).ifPresent(members -> section(name, members));
                case PARAMS -> table(value, name).ifPresent(this::flows);
                case SECRETS -> table(value, name).ifPresent(this::secrets);
                default -> unknown(known, name);
              }
            });
  }

  private static Key keyOf(String path) {
    return Arrays.stream(Key.values())
        .filter(key -> key.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private void set(Key key, Json value) {
    String from = document.at(key.names());
    key.refusal(value)
        .ifPresentOrElse(
            refusal -> problems.add(from + ": " + refusal),
            () -> settings.put(key, new Setting(key.path(), value, from)));
  }

  private Optional<Json.Obj> table(Json value, String... names) {
    if (value instanceof Json.Obj members) {
      return Optional.of(members);
    }
    String name = String.join(".", names);
    problems.add(
        "%s: %s = %s: expected a table, as [%s]"
            .formatted(document.at(names), name, value.text(), name));
    return Optional.empty();
  }

  private void section(String section, Json.Obj members) {
    List<String> known =
        Arrays.stream(Key.values())
            .map(Key::names)
            .filter(names -> names.length == 2 && names[0].equals(section))
            .map(names -> names[1])
            .toList();
    members
        .members()
        .forEach(
            (name, value) -> {
              if (known.contains(name)) {
                set(keyOf(section + "." + name), value);
              } else {
                unknown(known, section, name);
              }
            });
  }

  private void flows(Json.Obj flows) {
    flows
        .members()
        .forEach(
            (flow, given) ->
                table(given, PARAMS, flow)
                    .ifPresent(
                        values -> {
                          Map<String, ParamValue> own = new LinkedHashMap<>();
                          values
                              .members()
                              .forEach(
                                  (name, value) ->
                                      own.put(
                                          name,
                                          new ParamValue.Written(
                                              value, document.at(PARAMS, flow, name))));
                          parameters.put(flow, own);
                        }));
  }

  private void secrets(Json.Obj places) {
    places
        .members()
        .forEach(
            (name, place) -> {
              String from = document.at(SECRETS, name);
              if (place instanceof Json.Obj one && one.members().size() == 1) {
                one.members().forEach((kind, value) -> secret(name, kind, value));
              } else {
                problems.add( // the value may be the secret itself: it is not repeated
                    from
                        + ": secrets.%s: expected { env = \"VARIABLE\" }, { file = \"PATH\" } or { command = \"PROGRAM\" }; a secret itself has no place in this file"
                            .formatted(name));
              }
            });
  }

  private void secret(String name, String kind, Json value) {
    String from = document.at(SECRETS, name);
    Optional<SecretPlace> place = place(kind, value);
    if (!PLACES.contains(kind)) {
      unknown(PLACES, SECRETS, name, kind);
    } else if (place.isEmpty()) {
      problems.add(
          "%s: secrets.%s.%s = %s: expected a text%s"
              .formatted(
                  from,
                  name,
                  kind,
                  value.text(),
                  kind.equals("command") ? ", or a list of program and arguments" : ""));
    } else {
      secrets.put(name, new Placed(place.get(), from));
    }
  }

  private Optional<SecretPlace> place(String kind, Json value) {
    if (kind.equals("command") && value instanceof Json.Arr(List<Json> words)) {
      boolean texts = !words.isEmpty() && words.stream().allMatch(Json.Str.class::isInstance);
      return texts
          ? Optional.of(new SecretPlace.Told(words.stream().map(Json::asString).toList(), folder))
          : Optional.empty();
    }
    if (!(value instanceof Json.Str(String text)) || text.isBlank()) {
      return Optional.empty();
    }
    return switch (kind) {
      case "env" -> Optional.of(new SecretPlace.Variable(text));
      case "file" -> Optional.of(new SecretPlace.Kept(folder.resolve(text).normalize()));
      case "command" -> Optional.of(new SecretPlace.Told(List.of("sh", "-c", text), folder));
      default -> Optional.empty();
    };
  }

  private void unknown(Collection<String> known, String... names) {
    String last = names[names.length - 1];
    problems.add(
        "%s: nothing is named \"%s\"; expected %s%s"
            .formatted(
                document.at(names),
                String.join(".", names),
                known.stream().collect(Collectors.joining(", ")),
                Suggestion.closest(last, known)
                    .map(meant -> "; did you mean " + meant + "?")
                    .orElse("")));
  }
}
