package dev.colophon.flow.run;

import dev.colophon.flow.run.RandomFlow.Drawn;
import dev.colophon.flow.run.RandomFlow.Helper;
import dev.colophon.flow.run.RandomFlow.Taken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Writes a {@link RandomFlow} as a person would, and has it compiled. */
final class RandomFlowSource {
  private final RandomFlow flow;

  private RandomFlowSource(RandomFlow flow) {
    this.flow = flow;
  }

  /** Compiles both classes into a folder. */
  static void write(RandomFlow flow, Path folder) throws IOException {
    RandomFlowSource source = new RandomFlowSource(flow);
    Path sources = Files.createDirectories(folder.resolveSibling("sources"));
    Path flowFile = Files.writeString(sources.resolve("RandomlyDrawn.java"), source.flowText());
    Path helpers = Files.writeString(sources.resolve("RandomHelpers.java"), source.helperText());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-parameters", "-cp", System.getProperty("java.class.path"));
    boolean compiled;
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  Stream.concat(options.stream(), Stream.of("-d", folder.toString())).toList(),
                  null,
                  files.getJavaFileObjects(flowFile, helpers))
              .call();
    }
    if (!compiled) {
      throw new IllegalStateException(said + source.flowText());
    }
  }

  private String flowText() {
    String fields =
        IntStream.range(0, flow.parameters().size())
            .mapToObj("  @Param int p%d;\n"::formatted)
            .collect(Collectors.joining());
    return "import dev.colophon.flow.*;\nimport java.util.List;\n\n@Flow\npublic class RandomlyDrawn {\n"
        + fields
        + flow.inOrderOfMethods().stream().map(this::method).collect(Collectors.joining())
        + "}\n";
  }

  private String method(Drawn step) {
    StringBuilder body = new StringBuilder();
    body.append("    int sum = %d;\n".formatted(step.constant()));
    for (Taken taken : step.takes()) {
      String name = RandomFlow.argument(taken);
      body.append(
          "    sum = sum * 31 + %s;\n"
              .formatted(type(taken).equals("int") ? name : name + ".hashCode()"));
    }
    step.field().ifPresent(field -> body.append("    sum = sum * 31 + p%d;\n".formatted(field)));
    step.helper()
        .ifPresent(helper -> body.append("    sum = RandomHelpers.h%d(sum);\n".formatted(helper)));
    if (step.padded()) {
      body.append("    sum = -sum;\n    sum = -sum;\n");
    }
    return "  @Step %s %s(%s) {\n%s    return %s;\n  }\n"
        .formatted(
            step.length().isPresent() ? "List<Integer>" : "int",
            step.name(),
            step.takes().stream().map(this::argument).collect(Collectors.joining(", ")),
            body,
            step.length().isPresent()
                ? IntStream.range(0, step.length().getAsInt())
                    .mapToObj(i -> number(step, i))
                    .collect(Collectors.joining(", ", "List.of(", ")"))
                : number(step, 0));
  }

  private static String number(Drawn step, int add) {
    return "Math.floorMod(sum + %d, %d)".formatted(add, step.modulus());
  }

  private String type(Taken taken) {
    return switch (taken) {
      case RandomFlow.One(String step) ->
          flow.step(step).length().isPresent() ? "List<Integer>" : "int";
      case RandomFlow.Join join -> "List<Integer>";
      case RandomFlow.All all -> "List<Integer>";
      case RandomFlow.Element element -> "int";
      case RandomFlow.Parameter parameter -> "int";
    };
  }

  private String argument(Taken taken) {
    String mark =
        switch (taken) {
          case RandomFlow.Element(String list) -> "@Each(\"" + list + "\") ";
          case RandomFlow.All all -> "@All ";
          case RandomFlow.One one -> "";
          case RandomFlow.Join join -> "";
          case RandomFlow.Parameter parameter -> "";
        };
    return mark + type(taken) + " " + RandomFlow.argument(taken);
  }

  private String helperText() {
    StringBuilder text = new StringBuilder("public class RandomHelpers {\n");
    for (int i = 0; i < flow.helpers().size(); i++) {
      Helper helper = flow.helpers().get(i);
      String value = "x * %d + %d".formatted(helper.constant(), i);
      text.append(
          "  public static int h%d(int x) { return %s; }\n"
              .formatted(
                  i,
                  helper.calls().isPresent()
                      ? "h%d(%s)".formatted(helper.calls().getAsInt(), value)
                      : value));
    }
    return text + "}\n";
  }
}
