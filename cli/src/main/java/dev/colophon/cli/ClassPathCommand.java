package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.core.json.Json;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "class-path",
    header = "Says which jars a program needs that calls Colophon.",
    description = "One line, to be given to java and javac.",
    footer = {
      "",
      "Example:",
      "  java --class-path \"$(colophon class-path)\" Report.java",
    })
final class ClassPathCommand implements Callable<Integer> {
  private final Frame frame;

  ClassPathCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    List<String> entries =
        Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
            .toList();
    return frame.answer(
        Answer.of(
            () -> Json.object().put("classPath", Json.ofStrings(entries)).build(),
            screen -> screen.line(String.join(File.pathSeparator, entries))));
  }
}
