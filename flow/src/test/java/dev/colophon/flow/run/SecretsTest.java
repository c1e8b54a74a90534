package dev.colophon.flow.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.flow.Flow;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.Param;
import dev.colophon.flow.Secret;
import dev.colophon.flow.SecretValue;
import dev.colophon.flow.Step;
import dev.colophon.flow.TaskContext;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run keeps of the secrets that its steps are given: nothing but their names. */
@SuppressWarnings("SystemOut") // flows that do what they should not
class SecretsTest {
  private static final String PASSWORD = "hunter2!";
  private static final String KEY = "-----BEGIN KEY-----\n  c2VjcmV0IGtleQ\nx\n-----END KEY-----";

  @TempDir private Path folder;
  private MemoryCatalog catalog;
  private FlowHarness harness;

  @BeforeEach
  void open() {
    catalog = new MemoryCatalog();
    harness =
        new FlowHarness(
                catalog.runLog(),
                catalog.outcomes(),
                catalog.taskLogs(),
                new MemoryStore(),
                folder.resolve("scratch"),
                Clock.systemUTC())
            .secret("db-password", PASSWORD)
            .secret("tls.key", KEY);
  }

  @Flow
  static class Three {
    @Step
    List<Integer> lengths(
        @Secret("db-password") SecretValue value,
        @Secret("db-password") String text,
        @Secret("tls.key") char[] characters) {
      return List.of(value.reveal().length(), text.length(), characters.length);
    }
  }

  @Test
  void aStepGetsItAsItAsks() throws Exception {
    var run = harness.run(Three.class).run();
    assertThat(harness.value(Three.class, run.id(), "lengths"))
        .isEqualTo(List.of(PASSWORD.length(), PASSWORD.length(), KEY.length()));
  }

  @Flow
  static class Talkative {
    @Step
    int say(
        @Secret("db-password") String password,
        @Secret("tls.key") SecretValue key,
        TaskContext context) {
      System.out.println("password " + password + ", value " + key);
      System.out.print(password.substring(0, 3));
      System.out.flush();
      System.out.println(password.substring(3) + " in two");
      System.err.println("key " + key.reveal());
      context.log("logged " + password);
      Logger.getLogger("of a library").warning("hidden: " + Json.of(key.reveal()).text());
      throw new IllegalStateException(
          "refused " + password, new IllegalArgumentException("for " + key.reveal()));
    }
  }

  private String log(Class<?> flow) throws Exception {
    var run = harness.run(flow).run();
    return catalog.taskLogs().read(run.id(), 0, Integer.MAX_VALUE).stream()
        .flatMap(piece -> piece.chunk().lines().stream())
        .map(line -> line.text() + "\n")
        .collect(joining());
  }

  @Test
  void whatAStepPrintsIsKeptWithStarsInTheirPlace() throws Exception {
    var out = System.out;
    var err = System.err;
    try (var capture = PrintCapture.install(out, err, out)) {
      assertThat(log(Talkative.class))
          .contains("password ***, value ***\n", "*** in two\n", "key ***\n", "logged ***\n")
          .doesNotContain("hunter", "c2Vj", "END KEY");
      assertThat(capture).isNotNull();
    }
  }

  @Test
  void aFailureIsToldWithStarsInTheirPlace() throws Exception {
    var run = harness.run(Talkative.class).run();
    Failure failure = harness.task(run.id(), "say").failure().orElseThrow();
    assertThat(failure.message()).isEqualTo("refused ***");
    assertThat(failure.trace()).contains("for ***").doesNotContain("hunter", "c2Vj", "END KEY");
  }

  @Flow
  static class Careless {
    record Login(String user, String password) {}

    @Param int padding = 0;

    @Step
    Login login(@Secret("db-password") String password, int padding) {
      return new Login("x".repeat(padding), password);
    }

    @Step
    Path file(@Secret("db-password") String password, int padding, TaskContext task)
        throws IOException {
      return Files.writeString(task.folder().resolve("login.txt"), "x".repeat(padding) + password);
    }

    @Step
    Path folder(@Secret("db-password") String password, int padding, TaskContext task)
        throws IOException {
      Files.writeString(task.folder().resolve("a.txt"), "x".repeat(padding) + password);
      return task.folder();
    }

    @Step
    NewVersion version(@Secret("db-password") String password, int padding) {
      return NewVersion.of("login", new Login("x".repeat(padding), password));
    }

    @Step
    String late(@Secret("db-password") String password) {
      throw new IllegalStateException(password);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 40_000})
  void aStepThatReturnsOneFailsAndNothingOfItIsStored(int padding) throws Exception {
    MemoryStore store = new MemoryStore();
    FlowHarness watched =
        new FlowHarness(catalog.runLog(), store, folder.resolve("scratch"))
            .secret("db-password", PASSWORD)
            .with("padding", "" + padding);
    var run = watched.run(Careless.class).run();
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    for (String step : List.of("login", "file", "folder", "version")) {
      assertThat(watched.task(run.id(), step).failure().orElseThrow().message())
          .startsWith("step \"%s\": it returned the secret \"db-password\"".formatted(step));
      assertThat(watched.task(run.id(), step).failure().orElseThrow().trace())
          .doesNotContain("SecretSearch");
    }
    assertThat(store.size()).isZero();
    String user = "x".repeat(padding);
    String json = Json.object().put("password", PASSWORD).put("user", user).build().canonical();
    assertThat(catalog.runLog().findInline(Digest.of(user + PASSWORD))).isEmpty();
    assertThat(catalog.runLog().findInline(Digest.of(json))).isEmpty();
  }

  @Flow
  static class Reusing {
    @Step
    int length(@Secret("db-password") SecretValue password) {
      return password.reveal().length();
    }
  }

  @Test
  void anotherPasswordOfTheSameNameIsNoReasonToComputeAnew() throws Exception {
    var reusing =
        new FlowHarness(
            catalog.runLog(),
            catalog.outcomes(),
            new MemoryStore(),
            folder.resolve("scratch"),
            java.time.Clock.systemUTC());
    reusing.code("length", "v1", Reuse.ON).secret("db-password", PASSWORD).run(Reusing.class);
    var run = reusing.secret("db-password", "quite another").run(Reusing.class).run();
    assertThat(reusing.value(Reusing.class, run.id(), "length")).isEqualTo(PASSWORD.length());
  }

  private static String redacted(String text, int pieces, String... secrets) {
    Redaction redaction =
        new Redaction(java.util.Arrays.stream(secrets).map(s -> s.getBytes(UTF_8)).toList());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += pieces) {
      redaction.next(bytes, at, Math.min(pieces, bytes.length - at), out::write);
    }
    redaction.end(out::write);
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 100})
  void whereverAStreamIsCutItsSecretsAreFound(int pieces) {
    assertThat(redacted("abcab abcabd xabcabcabd abc", pieces, "abcabd", "abcabcabd", "zz"))
        .isEqualTo("abcab *** x*** abc");
  }

  @Test
  void whatIsNoSecretPassesAtOnce() {
    Redaction redaction = new Redaction(List.of("secret".getBytes(UTF_8)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = "50 % done, s".getBytes(UTF_8);
    redaction.next(bytes, 0, bytes.length, out::write);
    assertThat(out.toString(UTF_8)).isEqualTo("50 % done, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p%C3%A4ss+w%2Frd%22",
        "p%C3%A4ss%20w%2Frd%22",
        "cMOkc3Mgdy9yZCI=",
        "päss w/rd\\\""
      })
  void otherSpellingsOfItAreHiddenToo(String spelling) {
    GivenSecrets secrets = new GivenSecrets(Map.of("p", SecretValue.of("päss w/rd\"")));
    assertThat(secrets.hidden("<" + spelling + ">")).isEqualTo("<***>");
  }

  @Test
  void itNeverShowsItself() {
    assertThat("" + SecretValue.of(PASSWORD)).isEqualTo("***");
    assertThat("" + new GivenSecrets(Map.of("p", SecretValue.of(PASSWORD)))).isEqualTo("[p]");
  }
}
