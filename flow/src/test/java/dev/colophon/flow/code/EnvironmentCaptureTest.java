package dev.colophon.flow.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.code.Environment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentCaptureTest {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "java.runtime.version", "25.0.3+9-LTS",
          "java.vendor", "Acme",
          "os.name", "Linux",
          "os.version", "6.1",
          "os.arch", "amd64",
          "file.encoding", "UTF-8",
          "user.name", "ana",
          "user.dir", "/work");

  private static Environment environment(Map<String, String> variables, String... commandLine) {
    return new EnvironmentCapture(
            "0.1.0", PROPERTIES, variables, List.of(commandLine), 4, 1 << 30, "en", "UTC", "box")
        .environment();
  }

  @Test
  void theRuntimeAndTheSystemAreNamedWithVersionAndMaker() {
    assertThat(environment(Map.of()).java()).isEqualTo("25.0.3+9-LTS Acme");
    assertThat(environment(Map.of()).os()).isEqualTo("Linux 6.1 amd64");
  }

  @Test
  void onlyVariablesOfTheAllowListAreRecorded() {
    Map<String, String> variables =
        Map.of("LC_ALL", "C", "TZ", "UTC", "AWS_SECRET_ACCESS_KEY", "x", "HISTFILE", "y");
    assertThat(environment(variables).variables()).isEqualTo(Map.of("LC_ALL", "C", "TZ", "UTC"));
  }

  @Test
  void secretsInAllowedVariablesAreHidden() {
    Map<String, String> variables =
        Map.of("COLOPHON_TOKEN", "abc", "JAVA_TOOL_OPTIONS", "-Dstore.password=abc -Xmx1g");
    assertThat(environment(variables).variables())
        .isEqualTo(
            Map.of("COLOPHON_TOKEN", "***", "JAVA_TOOL_OPTIONS", "-Dstore.password=*** -Xmx1g"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run X.java --months 6 | run X.java --months 6
          run --db-password hunter2 X.java | run --db-password *** X.java
          run --apiKey=hunter2 | run --apiKey=***
          run -Dtoken=hunter2 | run -Dtoken=***
          run --my-secret --flag | run --my-secret --flag
          run --url https://ana:hunter2@example.org/x | run --url https://example.org/x
          run --url https://example.org/x?access_token=hunter2&y=1 | run --url https://example.org/x?access_token=***&y=1
          run CREDENTIAL=hunter2 | run CREDENTIAL=***
          run {"password":"hunter2"} | run {"password":"***"}
          run https://hunter2@example.org | run https://example.org
          """)
  void secretsAreTakenOutOfTheCommandLine(String typed, String recorded) {
    assertThat(String.join(" ", environment(Map.of(), typed.split(" ", -1)).commandLine()))
        .isEqualTo(recorded);
  }

  @Test
  void aCaptureOfThisProcessFillsEveryField() {
    Environment environment = EnvironmentCapture.ofThisProcess("0.1.0", List.of()).environment();
    assertThat(List.of(environment.java(), environment.os(), environment.host()))
        .doesNotContain("unknown");
    assertThat(environment.cpus()).isPositive();
  }
}
