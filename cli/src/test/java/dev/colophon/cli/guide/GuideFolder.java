package dev.colophon.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.GuideCommand;
import dev.colophon.embedded.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The reader's folder. Commands of Colophon run in this process, the others in a shell that finds a
 * {@code colophon}, too. {@code mvn} is played: it compiles as the page's {@code pom.xml} says,
 * runs tests, and tells Colophon the class path.
 */
final class GuideFolder {
  private static final Pattern FOR_THE_SHELL = Pattern.compile("[|<>&;*$`]");
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Path folder;
  private final Path programs;
  private int status;

  GuideFolder(Path temporary) throws IOException {
    folder = Files.createDirectories(temporary.resolve("work"));
    programs = Files.createDirectories(temporary.resolve("bin"));
    new Home(folder.resolve(Home.NAME)).create(); // no other home, upward, is taken
    program(
        programs.resolve("colophon"),
        "exec '%s' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -Duser.name=ana -Duser.home='%s' -cp '%s' dev.colophon.cli.Main \"$@\"\n"
            .formatted(java(), folder, CLASS_PATH));
  }

  void write(GuidePage.Source source) throws IOException {
    Path file = folder.resolve(source.file());
    Files.createDirectories(file.getParent());
    Files.writeString(file, source.text());
    if (source.file().equals(Path.of("pom.xml"))) {
      playMaven();
    }
  }

  /** Does it and returns the lines that it printed. */
  List<String> type(String command) throws IOException, InterruptedException {
    if (command.equals("mvn -q compile")) {
      return compile("main", true);
    }
    if (command.equals("mvn -q test")) {
      List<String> said = new ArrayList<>(compile("main", true));
      said.addAll(compile("test", false));
      test();
      return said;
    }
    if (command.startsWith("colophon ") && !FOR_THE_SHELL.matcher(command).find()) {
      return colophon(command);
    }
    return command.equals("echo $?") ? List.of(Integer.toString(status)) : shell(command);
  }

  private List<String> colophon(String command) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> words = words(command);
    status = GuideCommand.execute(folder, said, words.subList(1, words.size()));
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Splits as a shell does: at spaces, but not within quotes. */
  private static List<String> words(String command) {
    return Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)")
        .matcher(command)
        .results()
        .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
        .toList();
  }

  private List<String> shell(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.remove("COLOPHON_HOME");
    environment.put("HOME", folder.toString());
    environment.put("PATH", programs + ":" + java().getParent() + ":" + environment.get("PATH"));
    environment.put("CLASS_PATH", CLASS_PATH);
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (String person : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + person + "_NAME", "Ana");
      environment.put("GIT_" + person + "_EMAIL", "ana@example.org");
    }
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    status = process.waitFor();
    return lines;
  }

  /** What {@code mvn compile} and {@code mvn test-compile} do with the guide's {@code pom.xml}. */
  private List<String> compile(String part, boolean checked) throws IOException {
    Path sources = folder.resolve("src").resolve(part).resolve("java");
    Path classes =
        Files.createDirectories(
            folder.resolve("target").resolve(part.equals("main") ? "classes" : "test-classes"));
    List<String> options = new ArrayList<>(List.of("-d", classes.toString(), "-parameters"));
    options.addAll(List.of("-cp", folder.resolve("target/classes") + ":" + CLASS_PATH));
    options.addAll(
        checked
            ? List.of("-processor", "dev.colophon.flow.processor.FlowProcessor")
            : List.of("-proc:none"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (Stream<Path> files = Files.walk(sources);
        StandardJavaFileManager manager = compiler.getStandardFileManager(found, null, null)) {
      var units =
          manager.getJavaFileObjectsFromPaths(
              files.filter(file -> file.toString().endsWith(".java")).toList());
      status = compiler.getTask(null, manager, found, options, null, units).call() ? 0 : 1;
    }
    return status == 0 ? List.of() : mavenSays(found.getDiagnostics());
  }

  /** How Maven tells what the compiler told it. */
  private static List<String> mavenSays(List<Diagnostic<? extends JavaFileObject>> found) {
    List<String> lines = new ArrayList<>(List.of("[ERROR] COMPILATION ERROR : "));
    for (var each : found) {
      if (each.getKind() == Diagnostic.Kind.ERROR) {
        lines.add(
            "[ERROR] %s:[%d,%d] %s"
                .formatted(
                    each.getSource().getName(),
                    each.getLineNumber(),
                    each.getColumnNumber(),
                    each.getMessage(Locale.ROOT)));
      }
    }
    return lines;
  }

  /** Calls the tests of the project, which take nothing. */
  private void test() throws IOException {
    Path tests = folder.resolve("target/test-classes");
    URL[] urls = {
      folder.resolve("target/classes").toUri().toURL(), tests.toUri().toURL(),
    };
    int called = 0;
    try (URLClassLoader loader = new URLClassLoader(urls, GuideFolder.class.getClassLoader());
        Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(name -> name.toString().endsWith("Test.class")).toList()) {
        String name = tests.relativize(file).toString().replace(".class", "").replace('/', '.');
        for (var method : Class.forName(name, true, loader).getDeclaredMethods()) {
          if (method.isAnnotationPresent(Test.class)) {
            var constructor = method.getDeclaringClass().getDeclaredConstructor();
            constructor.setAccessible(true);
            method.setAccessible(true);
            method.invoke(constructor.newInstance());
            called++;
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a test of the guide failed", e);
    }
    assertThat(called).as("tests that were called").isPositive();
  }

  /** A wrapper that tells the class path as Maven's dependency plugin does, and does no more. */
  private void playMaven() throws IOException {
    program(
        folder.resolve("mvnw"),
        "for word; do case $word in -Dmdep.outputFile=*) : >\"${word#*=}\" ;; esac; done\n");
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
