package dev.colophon.flow.fingerprint;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.flow.code.FileStamp;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * All files of the author's entries of a class path, with their stamps, and the jars that remain
 * for libraries. Colophon's own folders are not the author's. To be closed when nothing is read any
 * more.
 */
final class ClassPathFiles implements AutoCloseable {
  private static final String PACKAGE_INFO = "/package-info.class";

  private final String flow;
  private final List<JarFile> open = new ArrayList<>();
  private final List<AuthorFile> files = new ArrayList<>();
  private final List<Path> libraries = new ArrayList<>();

  /**
   * Looks at a class path.
   *
   * @param flowClass name of the flow class: what holds it is the author's
   * @throws Invalid if no entry holds the flow class
   * @throws Unavailable if an entry of the author's can't be read
   */
  ClassPathFiles(List<Path> classes, List<Path> libraries, String flowClass) {
    this.flow = flowClass.replace('.', '/') + ".class";
    try {
      for (Path entry : classes) {
        add(entry);
      }
      boolean found = holdsFlow();
      for (Path entry : libraries) {
        if (!found && isJarWith(entry, flow)) {
          found = true;
          add(entry);
        } else {
          this.libraries.add(entry);
        }
      }
      if (!found) {
        throw new Invalid(
            "class %s: no class file in %s; say with --class-path where it is"
                .formatted(flowClass, classes));
      }
    } catch (IOException e) {
      close();
      throw new Unavailable("class path can't be read: " + e, e);
    }
  }

  List<AuthorFile> files() {
    return files;
  }

  List<Path> libraries() {
    return libraries;
  }

  private boolean holdsFlow() {
    return files.stream().anyMatch(file -> file.name().equals(flow));
  }

  private void add(Path entry) throws IOException {
    List<AuthorFile> found =
        Files.isDirectory(entry)
            ? inFolder(entry)
            : Files.isRegularFile(entry) ? inJar(entry) : List.of();
    boolean own = found.stream().anyMatch(file -> Outside.isOfColophon(packageInfo(file.name())));
    if (!own || found.stream().anyMatch(file -> file.name().equals(flow))) {
      files.addAll(found);
    }
  }

  /** Package of a {@code package-info.class}. */
  private static String packageInfo(String name) {
    return name.endsWith(PACKAGE_INFO)
        ? name.substring(0, name.length() - PACKAGE_INFO.length())
        : "";
  }

  private static boolean isJarWith(Path jar, String name) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry(name) != null;
    } catch (IOException e) {
      return false; // the JVM passes over what it can't read, too
    }
  }

  private static List<AuthorFile> inFolder(Path folder) throws IOException {
    List<AuthorFile> found = new ArrayList<>();
    int prefix = folder.toString().length() + 1;
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              var name = file.toString().substring(prefix).replace('\\', '/');
              found.add(new AuthorFile.Plain(name, file, FileStamp.of(file)));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it vanished, or leads nowhere
          }
        });
    found.sort(Comparator.comparing(AuthorFile::name));
    return found;
  }

  private List<AuthorFile> inJar(Path path) throws IOException {
    var stamp = FileStamp.of(path);
    var jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
    open.add(jar);
    try (Stream<? extends ZipEntry> entries = jar.versionedStream()) {
      return entries
          .filter(entry -> !entry.isDirectory())
          .<AuthorFile>map(
              entry -> {
                var real =
                    entry instanceof java.util.jar.JarEntry one
                        ? one.getRealName()
                        : entry.getName();
                return new AuthorFile.Entry(entry.getName(), path, jar, real, stamp);
              })
          .sorted(Comparator.comparing(AuthorFile::name))
          .toList();
    }
  }

  @Override
  public void close() {
    for (JarFile jar : open) {
      try {
        jar.close();
      } catch (IOException e) {
        throw new Unavailable("%s can't be closed: %s".formatted(jar.getName(), e), e);
      }
    }
  }
}
