package dev.colophon.flow.codec;

import dev.colophon.core.Artifact;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.MadeVersion;
import dev.colophon.flow.codec.PathSteps.ByIndex;
import dev.colophon.flow.codec.PathSteps.ByName;
import dev.colophon.flow.codec.PathSteps.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds parts of one stored value, without its type. */
final class Components {
  private final Stored stored;
  private final Contents contents;

  Components(Stored stored, Contents contents) {
    this.stored = stored;
    this.contents = contents;
  }

  Component find(String path) throws IOException {
    return switch (stored.codec()) {
      case StructureCodec.JSON, MadeVersion.CODEC ->
          inJson(json(stored.artifact()), PathSteps.parse(path), path, Map.of());
      case StructureCodec.TABLE -> path.isEmpty() ? new Component.Content(stored) : inTable(path);
      case ArrayCodec.NAME -> inArray(stored, PathSteps.parse(path), path);
      case PathCodec.FOLDER -> inFolder(stored, path);
      case FilesCodec.NAME -> path.isEmpty() ? new Component.Content(stored) : inFiles(path);
      case TextCodec.NAME, BytesCodec.NAME, PathCodec.FILE -> {
        if (!path.isEmpty()) {
          throw notFound(path, "a value of codec \"%s\" has no parts".formatted(stored.codec()));
        }
        yield new Component.Content(stored);
      }
      default ->
          throw new Invalid(
              "value of codec \"%s\": expected a codec of this version".formatted(stored.codec()));
    };
  }

  private Json json(Artifact artifact) throws IOException {
    try (InputStream in = contents.open(artifact.digest())) {
      return Json.parse(in.readAllBytes());
    } catch (Invalid e) {
      throw new Corrupt(
          "stored value %s can't be read: %s".formatted(artifact.digest(), e.text()), e);
    }
  }

  private Component inTable(String path) throws IOException {
    Map<String, Entry> entries = Folders.listing(stored.artifact(), contents).entries();
    Entry value = entries.get(StructureCodec.VALUE_FILE);
    if (value == null) {
      throw new Corrupt(
          "table %s has entries %s, expected a file \"%s\""
              .formatted(stored.artifact().digest(), entries.keySet(), StructureCodec.VALUE_FILE));
    }
    return inJson(json(value.artifact()), PathSteps.parse(path), path, entries);
  }

  private Component inJson(Json whole, List<Step> steps, String path, Map<String, Entry> files)
      throws IOException {
    Json value = whole;
    ValuePath passed = new ValuePath();
    for (int i = 0; i < steps.size(); i++) {
      value = enter(value, steps.get(i), passed, path);
      Optional<Stored> column = column(value, passed, files);
      if (column.isPresent()) {
        return inArray(column.get(), steps.subList(i + 1, steps.size()), path);
      }
    }
    return new Component.Value(value.canonical());
  }

  private Json enter(Json value, Step step, ValuePath passed, String path) {
    return switch (step) {
      case ByName(String name) -> {
        passed.enter(name);
        Json member = value instanceof Json.Obj object ? object.members().get(name) : null;
        if (member == null) {
          throw notFound(path, "\"%s\" is not in %s".formatted(name, outline(value)));
        }
        yield member;
      }
      case ByIndex(int index) -> {
        passed.enter(index);
        if (!(value instanceof Json.Arr array) || index >= array.items().size()) {
          throw notFound(path, "[%d] is not in %s".formatted(index, outline(value)));
        }
        yield array.items().get(index);
      }
    };
  }

  private static String outline(Json value) {
    return switch (value) {
      case Json.Obj object -> Texts.excerpt("an object with members " + object.members().keySet());
      case Json.Arr array -> "an array of %d elements".formatted(array.items().size());
      case Json.Str text -> "a text";
      case Json.Num number -> "a number";
      case Json.Bool truth -> "a truth value";
      case Json.Null nothing -> "an empty Optional";
    };
  }

  /** The file that stands for this part of a table, if one does. */
  private static Optional<Stored> column(Json value, ValuePath passed, Map<String, Entry> files) {
    String name = passed.text() + ColumnForm.SUFFIX;
    boolean named =
        value.equals(Json.object().put(ColumnForm.MEMBER, name).build()) && files.containsKey(name);
    return Optional.ofNullable(named ? files.get(name) : null)
        .map(entry -> new Stored(entry.artifact(), ArrayCodec.NAME, Optional.of(name)));
  }

  private Component inArray(Stored array, List<Step> steps, String path) throws IOException {
    if (steps.isEmpty()) {
      return new Component.Content(array);
    }
    if (steps.size() > 1 || !(steps.getFirst() instanceof ByIndex(int index))) {
      throw notFound(path, "an array of numbers has parts such as [3] only");
    }
    try (InputStream in = contents.open(array.artifact().digest())) {
      String subject = "array " + array.artifact().digest();
      return new Component.Value(
          Npy.element(in, array.artifact().sizeBytes(), index, subject).canonical());
    }
  }

  private Component inFiles(String path) throws IOException {
    int end = path.indexOf('/');
    String first = end < 0 ? path : path.substring(0, end);
    List<FilesCodec.Numbered> elements = FilesCodec.elements(stored.artifact(), contents);
    List<Step> steps = PathSteps.parse(first);
    if (steps.size() == 1
        && steps.getFirst() instanceof ByIndex(int index)
        && index < elements.size()) {
      FilesCodec.Numbered element = elements.get(index);
      Stored file = PathCodec.of(element.entry(), element.name());
      return end < 0 ? new Component.Content(file) : inFolder(file, path.substring(end + 1));
    }
    throw notFound(path, "it has elements [0] to [%d]".formatted(elements.size() - 1));
  }

  private Component inFolder(Stored folder, String path) throws IOException {
    Stored found = folder;
    for (String name : path.isEmpty() ? List.<String>of() : List.of(path.split("/", -1))) {
      if (!found.codec().equals(PathCodec.FOLDER)) {
        throw notFound(path, "\"%s\" is not a folder".formatted(found.fileName().orElse("")));
      }
      Map<String, Entry> entries = Folders.listing(found.artifact(), contents).entries();
      Entry entry = entries.get(name);
      if (entry == null) {
        throw notFound(path, Texts.excerpt("the folder has entries " + entries.keySet()));
      }
      if (entry.kind() == Kind.LINK) {
        return new Component.Value(Json.of(target(entry)).canonical());
      }
      found = PathCodec.of(entry, name);
    }
    return new Component.Content(found);
  }

  private String target(Entry link) throws IOException {
    try (InputStream in = contents.open(link.artifact().digest())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private NotFound notFound(String path, String reason) {
    return new NotFound(
        "component \"%s\" of value %s: %s".formatted(path, stored.artifact().digest(), reason));
  }
}
