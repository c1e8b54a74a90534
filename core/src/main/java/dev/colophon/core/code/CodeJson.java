package dev.colophon.core.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.code.CodeVersion.Change;
import dev.colophon.core.code.CodeVersion.ChangedFile;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.ClassPathKind;
import dev.colophon.core.code.CodeVersion.GitState;
import dev.colophon.core.code.CodeVersion.Submodule;
import dev.colophon.core.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Code versions and environments as JSON (docs/formats.md, "code version"). */
public final class CodeJson {
  private CodeJson() {}

  public static Json toJson(CodeVersion code) {
    Json.Builder json =
        Json.object()
            .put("snapshot", code.snapshot().digest().hex())
            .put("snapshotBytes", code.snapshot().sizeBytes())
            .put("flow", code.flow())
            .putIfPresent("source", code.source())
            .put("classPath", Json.of(code.classPath().stream().map(CodeJson::toJson).toList()));
    code.git().ifPresent(git -> json.put("git", toJson(git)));
    if (!code.folder().isEmpty()) {
      json.put("folder", code.folder());
    }
    putUnlessEmpty(json, "dependencies", code.dependencies());
    putUnlessEmpty(json, "withheld", code.withheld());
    return json.build();
  }

  private static void putUnlessEmpty(Json.Builder json, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      json.put(name, Json.ofStrings(texts));
    }
  }

  private static Json toJson(GitState git) {
    Json.Builder json =
        Json.object()
            .putIfPresent("commit", git.commit())
            .putIfPresent("branch", git.branch())
            .putIfPresent("remote", git.remote())
            .put("changed", Json.of(git.changed().stream().map(CodeJson::toJson).toList()));
    if (!git.submodules().isEmpty()) {
      json.put("submodules", Json.of(git.submodules().stream().map(CodeJson::toJson).toList()));
    }
    return json.build();
  }

  private static Json toJson(Submodule submodule) {
    return Json.object().put("path", submodule.path()).put("commit", submodule.commit()).build();
  }

  private static Json toJson(ChangedFile file) {
    return Json.object().put("path", file.path()).put("change", lower(file.change())).build();
  }

  public static Json toJson(ClassPathEntry entry) {
    return Json.object()
        .put("name", entry.name())
        .put("kind", lower(entry.kind()))
        .put("digest", entry.content().digest().hex())
        .put("sizeBytes", entry.content().sizeBytes())
        .putIfPresent("coordinates", entry.coordinates())
        .build();
  }

  public static CodeVersion codeVersion(Json json) {
    Json.Obj object = json.asObject();
    return new CodeVersion(
        new Artifact.Tree(
            new Digest(object.get("snapshot").asString()), object.get("snapshotBytes").asLong()),
        object.find("git").map(CodeJson::gitState),
        object.get("flow").asString(),
        object.find("source").map(Json::asString),
        object.find("folder").map(Json::asString).orElse(""),
        object.get("classPath").asList().stream().map(CodeJson::classPathEntry).toList(),
        texts(object, "dependencies"),
        texts(object, "withheld"));
  }

  private static List<String> texts(Json.Obj object, String name) {
    return object.find(name).stream()
        .flatMap(list -> list.asList().stream())
        .map(Json::asString)
        .toList();
  }

  private static GitState gitState(Json json) {
    Json.Obj object = json.asObject();
    return new GitState(
        text(object, "commit"),
        text(object, "branch"),
        text(object, "remote"),
        object.get("changed").asList().stream().map(CodeJson::changedFile).toList(),
        object.find("submodules").stream()
            .flatMap(list -> list.asList().stream())
            .map(CodeJson::submodule)
            .toList());
  }

  private static Submodule submodule(Json json) {
    Json.Obj object = json.asObject();
    return new Submodule(object.get("path").asString(), object.get("commit").asString());
  }

  private static ChangedFile changedFile(Json json) {
    Json.Obj object = json.asObject();
    return new ChangedFile(
        object.get("path").asString(), Change.valueOf(upper(object.get("change").asString())));
  }

  public static ClassPathEntry classPathEntry(Json json) {
    Json.Obj object = json.asObject();
    return new ClassPathEntry(
        object.get("name").asString(),
        ClassPathKind.valueOf(upper(object.get("kind").asString())),
        new Artifact.Blob(
            new Digest(object.get("digest").asString()), object.get("sizeBytes").asLong()),
        object.find("coordinates").map(Json::asString));
  }

  public static Json toJson(Environment environment) {
    Json.Builder variables = Json.object();
    environment.variables().forEach((name, value) -> variables.put(name, value));
    return Json.object()
        .put("colophon", environment.colophon())
        .put("java", environment.java())
        .put("os", environment.os())
        .put("cpus", environment.cpus())
        .put("maxHeapBytes", environment.maxHeapBytes())
        .put("locale", environment.locale())
        .put("timeZone", environment.timeZone())
        .put("charset", environment.charset())
        .put("user", environment.user())
        .put("host", environment.host())
        .put("workingFolder", environment.workingFolder())
        .put("variables", variables.build())
        .put("commandLine", Json.ofStrings(environment.commandLine()))
        .build();
  }

  public static Environment environment(Json json) {
    Json.Obj object = json.asObject();
    return new Environment(
        object.get("colophon").asString(),
        object.get("java").asString(),
        object.get("os").asString(),
        Math.toIntExact(object.get("cpus").asLong()),
        object.get("maxHeapBytes").asLong(),
        object.get("locale").asString(),
        object.get("timeZone").asString(),
        object.get("charset").asString(),
        object.get("user").asString(),
        object.get("host").asString(),
        object.get("workingFolder").asString(),
        variables(object.get("variables").asObject().members()),
        object.get("commandLine").asList().stream().map(Json::asString).toList());
  }

  private static SortedMap<String, String> variables(Map<String, Json> members) {
    SortedMap<String, String> variables = new TreeMap<>();
    members.forEach((name, value) -> variables.put(name, value.asString()));
    return variables;
  }

  private static Optional<String> text(Json.Obj object, String name) {
    return object.find(name).map(Json::asString);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
