package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.json.Json;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which element a task had, of lists that are parameters, values of steps, and files. */
class ElementsTest {
  @TempDir private static Path folder;
  private static Optional<Command> command = Optional.empty();

  @BeforeAll
  static void runAFanOutOverAListOfEachKind() throws Exception {
    Command colophon =
        Command.in(folder)
            .file(
                "Fan.java",
                """
                import dev.colophon.flow.*;
                import java.nio.file.*;
                import java.util.*;

                @Flow
                class Fan {
                  record Setting(double ridge) {}

                  @Param List<String> cities = List.of("Oslo", "Lima");
                  @Param int depth = 3;

                  @Step
                  List<Setting> settings(@Each("cities") String city) {
                    return List.of(new Setting(city.length()), new Setting(0.5));
                  }

                  @Step
                  String fit(@Each("settings") Setting setting, int depth) {
                    return setting + " " + depth;
                  }

                  @Step
                  List<Path> files(TaskContext task) throws Exception {
                    Path a = Files.writeString(task.folder().resolve("a.csv"), "1,2");
                    return List.of(a, Files.writeString(task.folder().resolve("b.csv"), "3,4"));
                  }

                  @Step
                  long lines(@Each("files") Path file) throws Exception {
                    return Files.lines(file).count();
                  }
                }
                """);
    command = Optional.of(colophon);
    assertThat(colophon.run("run", "Fan.java").status()).isZero();
  }

  private static Json.Obj show(String task) throws Exception {
    return command.orElseThrow().run("show", task, "--json").json();
  }

  @Test
  void ofAParameterItIsTheValue() throws Exception {
    assertThat(show("Fan/1/settings/1").get("elements").text())
        .isEqualTo("[{\"list\":\"cities\",\"index\":1,\"value\":\"Lima\"}]");
  }

  @Test
  void ofAListOfEachTaskItIsTheOneFromTheListAtTheSamePlace() throws Exception {
    assertThat(show("Fan/1/fit/0,0").get("elements").text())
        .contains("\"value\":\"Oslo\"")
        .contains("\"task\":\"Fan/1/settings/0\",\"value\":{\"ridge\":4.0}");
  }

  @Test
  void ofAListOfFilesItIsTheDigestOfTheFile() throws Exception {
    assertThat(show("Fan/1/lines/1").get("elements").text())
        .isEqualTo(
            "[{\"list\":\"files\",\"index\":1,\"task\":\"Fan/1/files\",\"digest\":\"%s\"}]"
                .formatted(Digest.of("3,4").hex()));
  }

  @Test
  void aStepSaysWhichParametersItNamesAndEachTaskItsElements() throws Exception {
    Json.Obj step = show("Fan/1/fit");
    assertThat(step.get("parameters").text()).isEqualTo("{\"depth\":3}");
    assertThat(step.get("tasks").asList())
        .hasSize(4)
        .allMatch(task -> task.asObject().get("elements").asList().size() == 2);
  }

  @Test
  void aPersonReadsThemToo() throws Exception {
    assertThat(command.orElseThrow().run("show", "Fan/1/fit/0,1").out())
        .contains("each    cities[0]     Oslo\n")
        .contains("each    settings[1]   {\"ridge\":0.5}\n")
        .contains("param   depth         3\n");
  }
}
