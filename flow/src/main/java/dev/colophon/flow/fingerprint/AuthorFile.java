package dev.colophon.flow.fingerprint;

import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.flow.code.FileStamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

/** A file in a folder or jar of the author's classes. */
sealed interface AuthorFile {
  /** Path in the folder or jar, with slashes. */
  String name();

  /** Where it is. */
  String place();

  /**
   * Where its like is: of a jar, whatever its name, in the same folder. A flow that is a plain file
   * is compiled to another jar after each edit, of which most is as it was.
   */
  String likeness();

  /** Of the file, or of the jar that it is in. */
  FileStamp stamp();

  /**
   * Its content.
   *
   * @throws Unavailable if it can't be read
   */
  byte[] read();

  /** A file in a folder. */
  record Plain(String name, Path file, FileStamp stamp) implements AuthorFile {
    @Override
    public String place() {
      return file.toString();
    }

    @Override
    public String likeness() {
      return place();
    }

    @Override
    public byte[] read() {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new Unavailable("%s can't be read: %s".formatted(file, e), e);
      }
    }
  }

  /**
   * An entry of a jar.
   *
   * @param jar open
   * @param entry its real name, which begins with {@code META-INF/versions} if there are several
   */
  record Entry(String name, Path file, JarFile jar, String entry, FileStamp stamp)
      implements AuthorFile {
    @Override
    public String place() {
      return file + "!/" + entry;
    }

    @Override
    public String likeness() {
      return file.getParent() + "!/" + entry;
    }

    @Override
    public byte[] read() {
      try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new Unavailable("%s can't be read: %s".formatted(place(), e), e);
      }
    }
  }
}
