package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.flow.SecretValue;
import dev.colophon.flow.code.SecretFiles;
import dev.colophon.flow.graph.Suggestion;
import dev.colophon.flow.run.GivenSecrets;
import dev.colophon.flow.run.ParamValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people set once, besides the command line: the environment, then {@code colophon.toml} of
 * the project, then the person's own file (docs/guide/configuration.md). The files are looked for
 * and read when something is first asked for. Thread-safe.
 */
public final class Configuration {
  /** Nothing is set. */
  public static final Configuration NONE = new Configuration(Map.of(), List.of());

  /** The project's file. */
  public static final String FILE = "colophon.toml";

  private static final String PARAM = "COLOPHON_PARAM_";
  private static final String SECRET = "COLOPHON_SECRET_";

  private final Map<String, String> environment;
  private final List<Place> places;
  private @Nullable List<ConfigFile> files;

  /** A file that may be there. */
  private record Place(Path file, String shown) {}

  private Configuration(Map<String, String> environment, List<Place> places) {
    this.environment = Map.copyOf(environment);
    this.places = List.copyOf(places);
  }

  /**
   * That of a process.
   *
   * @param personFolder home folder of the account
   */
  public static Configuration of(
      Map<String, String> environment, Path workingFolder, Path personFolder) {
    Path here = workingFolder.toAbsolutePath().normalize();
    List<Place> places = new ArrayList<>();
    projectFile(here).ifPresent(file -> places.add(new Place(file, shown(file, here))));
    Path own =
        Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
            .filter(text -> text.startsWith("/"))
            .map(Path::of)
            .orElseGet(() -> personFolder.resolve(".config"))
            .resolve("colophon")
            .resolve("config.toml");
    if (Files.exists(own)) {
      places.add(new Place(own, shown(own, here)));
    }
    return new Configuration(environment, places);
  }

  /**
   * The nearest one upward, as far as the folder that holds the repository; without a repository,
   * that of this folder only.
   */
  private static Optional<Path> projectFile(Path here) {
    Path nearest = null;
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (nearest == null && Files.exists(folder.resolve(FILE))) {
        nearest = folder.resolve(FILE);
      }
      if (Files.exists(folder.resolve(".git"))) {
        return Optional.ofNullable(nearest);
      }
    }
    return Optional.of(here.resolve(FILE)).filter(Files::exists);
  }

  private static String shown(Path file, Path here) {
    return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
  }

  /** The files that there are, the one that wins first. */
  public List<String> files() {
    return read().stream().map(ConfigFile::shown).toList();
  }

  /**
   * Refuses what can't be right, wherever it is set.
   *
   * @throws Invalid listing all that is wrong in a file, or the variable that is wrong
   */
  public void check() {
    for (Key key : Key.values()) {
      Optional<Setting> unused = find(key);
    }
  }

  /**
   * What is set, and where.
   *
   * @throws ColophonException if a file can't be read, or is wrong
   */
  public Optional<Setting> find(Key key) {
    return key.isList() ? joined(key) : variable(key).or(() -> inFile(key));
  }

  /** All that is said in any place: nobody's list hides another's. */
  private Optional<Setting> joined(Key key) {
    List<Setting> said =
        Stream.concat(
                variable(key).stream(), read().stream().flatMap(file -> file.find(key).stream()))
            .toList();
    List<Json> items =
        said.stream().flatMap(each -> each.value().asList().stream()).distinct().toList();
    String from = said.stream().map(Setting::from).collect(Collectors.joining(", "));
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(new Setting(key.path(), Json.of(items), from));
  }

  /** Which files are not captured, as their names say that they hold secrets. */
  public SecretFiles secretFiles() {
    List<String> added = patterns(Key.SECRET_FILES);
    List<String> allowed = patterns(Key.ALLOW);
    return added.isEmpty() && allowed.isEmpty()
        ? SecretFiles.USUAL
        : new SecretFiles(added, allowed);
  }

  private List<String> patterns(Key key) {
    return find(key).stream()
        .flatMap(setting -> setting.value().asList().stream())
        .map(Json::asString)
        .toList();
  }

  private Optional<Setting> variable(Key key) {
    Optional<Json> value =
        Optional.ofNullable(environment.get(key.variable()))
            .filter(text -> !text.isEmpty())
            .map(key::parse);
    value
        .flatMap(key::refusal)
        .ifPresent(
            refusal -> {
              throw new Invalid("environment variable %s: %s".formatted(key.variable(), refusal));
            });
    return value.map(found -> new Setting(key.path(), found, key.variable()));
  }

  private Optional<Setting> inFile(Key key) {
    return read().stream().flatMap(file -> file.find(key).stream()).findFirst();
  }

  /** The home that is set. A relative one is below the folder of the file that sets it. */
  public Optional<Path> home() {
    if (variable(Key.HOME).isPresent()) {
      return variable(Key.HOME).map(setting -> Path.of(setting.value().asString()));
    }
    return read().stream()
        .flatMap(
            file ->
                file.find(Key.HOME).stream()
                    .map(setting -> file.folder().resolve(setting.value().asString())))
        .findFirst();
  }

  /** All that is set, the winners only, by name. */
  public List<Setting> all() {
    SortedMap<String, Setting> all = new TreeMap<>();
    for (Key key : Key.values()) {
      find(key).ifPresent(setting -> all.put(setting.name(), setting));
    }
    for (ConfigFile file : read()) {
      file.parameters()
          .forEach((flow, values) -> values.forEach((name, value) -> add(all, flow, name, value)));
      file.secrets()
          .forEach(
              (name, placed) ->
                  all.putIfAbsent(
                      "secrets." + name,
                      new Setting(
                          "secrets." + name, Json.of(placed.place().shown()), placed.from())));
    }
    environment.keySet().stream()
        .filter(name -> name.startsWith(PARAM))
        .forEach(
            name ->
                all.put(
                    "params.*." + name.substring(PARAM.length()),
                    new Setting(
                        "params.*." + name.substring(PARAM.length()),
                        Json.of(environment.getOrDefault(name, "")),
                        name)));
    return List.copyOf(all.values());
  }

  private static void add(Map<String, Setting> all, String flow, String name, ParamValue value) {
    if (value instanceof ParamValue.Written(Json json, String where)) {
      String path = "params." + flow + "." + name;
      all.putIfAbsent(path, new Setting(path, json, where));
    }
  }

  /**
   * What is set for the parameters of a flow.
   *
   * @param names of its parameters; a variable that names another flow's is none of its business
   */
  public Map<String, ParamValue> parameters(String flow, Collection<String> names) {
    Map<String, ParamValue> values = new LinkedHashMap<>();
    read().reversed().forEach(file -> values.putAll(file.parameters(flow)));
    for (String name : names) {
      for (String variable : List.of(PARAM + capitals(name), PARAM + name)) {
        Optional.ofNullable(environment.get(variable))
            .ifPresent(text -> values.put(name, new ParamValue.Typed(text, variable)));
      }
    }
    return values;
  }

  /** A sentence for each variable that names none of the parameters, but nearly so. */
  public List<String> doubts(String flow, Collection<String> names) {
    List<String> variables = new ArrayList<>();
    names.forEach(name -> variables.addAll(List.of(PARAM + capitals(name), PARAM + name)));
    return environment.keySet().stream()
        .filter(name -> name.startsWith(PARAM) && !variables.contains(name))
        .sorted()
        .flatMap(
            name ->
                Suggestion.closest(
                    name.substring(PARAM.length()),
                    variables.stream().map(known -> known.substring(PARAM.length())).toList())
                    .map(
                        meant ->
                            "environment variable %s names no parameter of flow %s; did you mean %s%s?"
                                .formatted(name, flow, PARAM, meant))
                    .stream())
        .toList();
  }

  /**
   * {@code upTo} and {@code db-password} as variables have it: {@code UP_TO}, {@code DB_PASSWORD}.
   */
  private static String capitals(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]", "_")
        .toUpperCase(Locale.ROOT);
  }

  /**
   * Fetches secrets.
   *
   * @throws Invalid naming each that can't be had, and the ways to give it
   */
  public GivenSecrets secrets(Collection<String> names) {
    Map<String, SecretValue> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      try {
        values.put(name, SecretValue.of(secret(name)));
      } catch (ColophonException e) {
        problems.add(e.text());
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(String.join("\n", problems));
    }
    return values.isEmpty() ? GivenSecrets.NONE : new GivenSecrets(values);
  }

  private String secret(String name) {
    String variable = SECRET + name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    Optional<ConfigFile.Placed> placed =
        read().stream()
            .flatMap(file -> Optional.ofNullable(file.secrets().get(name)).stream())
            .findFirst();
    String text = environment.getOrDefault(variable, "");
    if (text.isEmpty() && placed.isPresent()) {
      try {
        text = placed.get().place().fetch(environment);
      } catch (ColophonException e) {
        throw new Invalid(
            "%s: secret \"%s\": %s".formatted(placed.get().from(), name, e.text()), e);
      }
    }
    if (text.isEmpty()) {
      throw new Invalid(
          placed
              .map(
                  found ->
                      "%s: secret \"%s\": %s gives nothing, expected a text"
                          .formatted(found.from(), name, found.place().shown()))
              .orElse(
                  "secret \"%s\": it is not set; set environment variable %s, or write into [secrets] of %s: %s = { file = \"PATH\" } or { command = \"PROGRAM\" }"
                      .formatted(name, variable, FILE, name)));
    }
    return text;
  }

  private synchronized List<ConfigFile> read() {
    if (files == null) {
      files = places.stream().map(place -> ConfigFile.read(place.file(), place.shown())).toList();
    }
    return files;
  }
}
