package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The author's part of the class path: classes by name, the first of a name, and other files. */
final class Author {
  private static final String CLASS = ".class";
  private static final String SERVICES = "META-INF/services/";
  private static final Pattern COMMENT = Pattern.compile("#.*");

  private final Map<String, AuthorFile> classes = new LinkedHashMap<>();
  private final List<AuthorFile> others = new ArrayList<>();

  Author(List<AuthorFile> files) {
    for (AuthorFile file : files) {
      if (file.name().endsWith(CLASS)) {
        classes.putIfAbsent(file.name().substring(0, file.name().length() - CLASS.length()), file);
      } else {
        others.add(file);
      }
    }
  }

  /** Internal names of all classes. */
  Set<String> classNames() {
    return classes.keySet();
  }

  Optional<AuthorFile> find(String className) {
    return Optional.ofNullable(classes.get(className));
  }

  /**
   * The bytes of a class file.
   *
   * @throws Unavailable if it can't be read
   */
  Optional<byte[]> read(String className) {
    return find(className).map(AuthorFile::read);
  }

  /** A part for each file that is no class. */
  List<Part> resources() {
    return others.stream()
        .map(
            file ->
                new Part(Kind.RESOURCE, ReadableName.escaped(file.name()), Digest.of(file.read())))
        .toList();
  }

  /** Internal names of the classes that are offered to whoever looks for services. */
  Set<String> services() {
    Set<String> found = new LinkedHashSet<>();
    for (AuthorFile file : others) {
      if (file.name().startsWith(SERVICES)) {
        new String(file.read(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> COMMENT.matcher(line).replaceAll("").strip().replace('.', '/'))
            .filter(line -> !line.isEmpty())
            .forEach(found::add);
      }
    }
    return found;
  }
}
