package dev.colophon.flow.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says about a file, by which an unchanged one is recognised without reading
 * it.
 *
 * @param sizeBytes of the content
 * @param modifiedNanos last change of the content, in nanoseconds since 1970; a program can set it
 * @param changedNanos last change of content or attributes (ctime); where the file system has none,
 *     the time of creation
 * @param inode number of the file; 0 where the file system has none
 * @param mode type and permission bits as Unix has them
 */
public record FileStamp(
    long sizeBytes, long modifiedNanos, long changedNanos, long inode, int mode) {
  /**
   * A file changed within this time before it was looked at may change again without its stamp
   * telling: some file systems count time in steps of 2 s (FAT).
   */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private static final int TYPE = 0170000;
  private static final int LINK = 0120000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int OWNER_EXECUTES = 0100;

  /**
   * Looks at a file.
   *
   * @throws IOException if there is none, or it can't be reached
   */
  public static FileStamp of(Path path, LinkOption... links) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Map<String, Object> facts =
          Files.readAttributes(path, "unix:size,lastModifiedTime,ctime,ino,mode", links);
      return new FileStamp(
          number(facts, "size"),
          nanos(facts, "lastModifiedTime"),
          nanos(facts, "ctime"),
          number(facts, "ino"),
          (int) number(facts, "mode"));
    }
    BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class, links);
    int type = facts.isSymbolicLink() ? LINK : facts.isDirectory() ? FOLDER : REGULAR;
    return new FileStamp(
        facts.size(),
        facts.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        facts.creationTime().to(TimeUnit.NANOSECONDS),
        0,
        facts.isOther() ? 0 : type);
  }

  private static long number(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static long nanos(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
  }

  /** Whether an equal stamp at a later look means equal content. */
  public boolean isSettledAt(Instant now) {
    long latest = FileTime.from(now.minus(SETTLING)).to(TimeUnit.NANOSECONDS);
    return modifiedNanos <= latest && changedNanos <= latest;
  }

  public boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  public boolean isRegular() {
    return (mode & TYPE) == REGULAR;
  }

  public boolean isFolder() {
    return (mode & TYPE) == FOLDER;
  }

  /** Whether its owner may execute it. */
  public boolean isExecutable() {
    return (mode & OWNER_EXECUTES) != 0;
  }

  /** All five numbers on one line, for a cache to compare. */
  public String text() {
    return sizeBytes + " " + modifiedNanos + " " + changedNanos + " " + inode + " " + mode;
  }
}
