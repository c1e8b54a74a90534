package dev.colophon.flow.code;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which files of a work tree may have other bytes than their blobs: those that attributes or
 * settings let Git convert (line ends, filters, {@code $Id$}, encodings).
 */
final class GitAttributes {
  private static final String FILE = ".gitattributes";
  private static final List<String> ASK =
      List.of(
          "check-attr",
          "-z",
          "--stdin",
          "text",
          "crlf",
          "eol",
          "ident",
          "filter",
          "working-tree-encoding");

  private final GitProgram git;
  private final Path root;
  private final GitConfig config;

  GitAttributes(GitProgram git, Path root, GitConfig config) {
    this.git = git;
    this.root = root;
    this.config = config;
  }

  /**
   * Files, present or not, whose change may change the answer; relative to the root or absolute.
   */
  Set<String> sources(Collection<String> paths) {
    Set<String> sources = new LinkedHashSet<>();
    sources.add(FILE);
    for (String path : paths) {
      int slash = path.lastIndexOf('/');
      while (slash > 0 && sources.add(path.substring(0, slash + 1) + FILE)) {
        slash = path.lastIndexOf('/', slash - 1);
      }
    }
    sources.add(".git/info/attributes");
    sources.add("/etc/gitattributes");
    config.attributesFile().ifPresent(file -> sources.add(inHome(file)));
    Optional.ofNullable(git.environment().get("XDG_CONFIG_HOME"))
        .or(() -> home().map(home -> home + "/.config"))
        .ifPresent(folder -> sources.add(folder + "/git/attributes"));
    return sources;
  }

  /** Those of the paths whose bytes may differ from their blobs. */
  Set<String> convertible(List<String> paths) throws GitProgram.Refused {
    if (config.convertsLineEnds() || !Files.isDirectory(root.resolve(".git"))) {
      // a linked work tree's attributes lie in another folder: trust none
      return Set.copyOf(paths);
    }
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (String path : paths) {
      input.writeBytes(path.getBytes(StandardCharsets.UTF_8));
      input.write(0);
    }
    List<String> answer = ZeroEnded.parse(git.ask(root, ASK, input.toByteArray())).records();
    Set<String> convertible = new HashSet<>();
    for (int i = 0; i + 2 < answer.size(); i += 3) {
      String value = answer.get(i + 2);
      if (!value.equals("unspecified") && !value.equals("unset")) {
        convertible.add(answer.get(i));
      }
    }
    return convertible;
  }

  private String inHome(String file) {
    return file.startsWith("~/") ? home().orElse("~") + file.substring(1) : file;
  }

  private Optional<String> home() {
    return Optional.ofNullable(git.environment().get("HOME"));
  }
}
