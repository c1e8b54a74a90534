package dev.colophon.embedded.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.flow.SecretValue;
import dev.colophon.flow.run.GivenSecrets;
import dev.colophon.flow.run.ParamValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  @TempDir private Path folder;
  private Path project;
  private Path work;
  private Path person;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  @BeforeEach
  void aRepositoryAndAPerson() throws IOException {
    environment.keySet().removeIf(name -> name.startsWith("COLOPHON") || name.startsWith("XDG"));
    project = Files.createDirectories(folder.resolve("project"));
    Files.createDirectories(project.resolve(".git"));
    work = Files.createDirectories(project.resolve("flows/deep"));
    person = Files.createDirectories(folder.resolve("person"));
  }

  private Configuration configuration() {
    return Configuration.of(environment, work, person);
  }

  private void write(String text) throws IOException {
    Files.writeString(project.resolve("colophon.toml"), text);
  }

  private void writeOwn(String text) throws IOException {
    Path file = person.resolve(".config/colophon/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String workers() {
    return configuration()
        .find(Key.WORKERS)
        .map(setting -> setting.value().text() + " of " + setting.from())
        .orElse("nothing")
        .replace(folder + "/", "");
  }

  @Test
  void withoutAnyFileNothingIsSet() {
    assertThat(configuration().all()).isEmpty();
    assertThat(workers()).isEqualTo("nothing");
  }

  @Test
  void thePersonsOwnFileIsTheLastToBeAsked() throws IOException {
    writeOwn("[defaults]\nworkers = 2\n");
    assertThat(workers()).isEqualTo("2 of person/.config/colophon/config.toml:2");
  }

  @Test
  void theProjectWinsOverThePerson() throws IOException {
    writeOwn("[defaults]\nworkers = 2\n");
    write("project = \"arrivals\"\n[defaults]\nworkers = 3\n");
    assertThat(workers()).isEqualTo("3 of project/colophon.toml:3");
  }

  @Test
  void theEnvironmentWinsOverTheProject() throws IOException {
    write("[defaults]\nworkers = 3\n");
    environment.put("COLOPHON_WORKERS", "4");
    assertThat(workers()).isEqualTo("4 of COLOPHON_WORKERS");
  }

  @Test
  void theNearestFileUpwardIsTheProjects() throws IOException {
    write("[defaults]\nworkers = 3\n");
    Files.writeString(
        work.resolve("..").normalize().resolve("colophon.toml"), "defaults.workers = 5\n");
    assertThat(workers()).isEqualTo("5 of project/flows/colophon.toml:1");
  }

  @Test
  void aFileAboveTheRepositoryIsNoneOfItsBusiness() throws IOException {
    Files.writeString(folder.resolve("colophon.toml"), "defaults.workers = 5\n");
    assertThat(workers()).isEqualTo("nothing");
  }

  @Test
  void aRelativeHomeIsBelowTheFolderOfItsFile() throws IOException {
    write("home = \"runs\"\n");
    assertThat(configuration().home()).contains(project.resolve("runs"));
  }

  @Test
  void xdgNamesThePersonsFolder() throws IOException {
    Path own = Files.createDirectories(folder.resolve("xdg/colophon"));
    Files.writeString(own.resolve("config.toml"), "defaults.workers = 6\n");
    environment.put("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    assertThat(workers()).isEqualTo("6 of xdg/colophon/config.toml:1");
  }

  @Test
  void allThatIsWrongInAFileIsToldAtOnceWithItsLine() throws IOException {
    write(
        """
        proejct = "x"
        home = 3
        [defaults]
        workers = "many"
        colour = "never"
        [secrets]
        db = "hunter2"
        other = { fiel = "x" }
        """);
    assertThatThrownBy(() -> configuration().check())
        .isInstanceOf(Invalid.class)
        .message()
        .satisfies(
            text ->
                assertThat(text.replace(project + "/", "").lines())
                    .satisfiesExactlyInAnyOrder(
                        line ->
                            assertThat(line)
                                .startsWith("colophon.toml:1: nothing is named \"proejct\"")
                                .endsWith("did you mean project?"),
                        line ->
                            assertThat(line)
                                .isEqualTo(
                                    "colophon.toml:2: home = 3: expected a folder, such as \".colophon\""),
                        line ->
                            assertThat(line)
                                .startsWith(
                                    "colophon.toml:4: defaults.workers = \"many\": expected"),
                        line ->
                            assertThat(line)
                                .startsWith("colophon.toml:5: nothing is named \"defaults.colour\"")
                                .endsWith("did you mean color?"),
                        line ->
                            assertThat(line)
                                .startsWith("colophon.toml:7: secrets.db: expected { env")
                                .doesNotContain("hunter2"),
                        line ->
                            assertThat(line)
                                .startsWith(
                                    "colophon.toml:8: nothing is named \"secrets.other.fiel\"")
                                .endsWith("did you mean file?")));
  }

  @Test
  void whatIsNoTomlIsToldWithItsLine() throws IOException {
    write("project = \"x\"\nhome = \n");
    assertThatThrownBy(() -> configuration().check()).message().contains("colophon.toml:2: ");
  }

  @Test
  void aWrongVariableIsToldByName() {
    environment.put("COLOPHON_WORKERS", "many");
    assertThatThrownBy(() -> configuration().check())
        .hasMessage(
            "environment variable COLOPHON_WORKERS: defaults.workers = \"many\": expected a whole number of 1 or more");
  }

  @Test
  void aFlowsParametersComeFromTheVariableElseTheProjectElseThePerson() throws IOException {
    writeOwn("[params.Train]\nmonths = 1\nrate = 0.1\nupTo = 1\n");
    write("[params.Train]\nmonths = 2\nrate = 0.2\n[params.Other]\nx = 1\n");
    environment.put("COLOPHON_PARAM_MONTHS", "3");
    environment.put("COLOPHON_PARAM_UP_TO", "4");
    Map<String, ParamValue> given =
        configuration().parameters("Train", List.of("months", "rate", "upTo"));
    assertThat(given)
        .containsOnlyKeys("months", "rate", "upTo")
        .containsEntry("months", new ParamValue.Typed("3", "COLOPHON_PARAM_MONTHS"))
        .containsEntry("upTo", new ParamValue.Typed("4", "COLOPHON_PARAM_UP_TO"))
        .containsEntry(
            "rate", new ParamValue.Written(new Json.Num("0.2"), project + "/colophon.toml:3"));
  }

  @Test
  void aVariableThatNearlyNamesAParameterIsDoubted() {
    environment.put("COLOPHON_PARAM_MONTSH", "3");
    environment.put("COLOPHON_PARAM_OF_ANOTHER_FLOW", "3");
    assertThat(configuration().doubts("Train", List.of("months")))
        .containsExactly(
            "environment variable COLOPHON_PARAM_MONTSH names no parameter of flow Train; did you mean COLOPHON_PARAM_MONTHS?");
  }

  private GivenSecrets secret(String name) {
    return configuration().secrets(List.of(name));
  }

  private static GivenSecrets same(String text) {
    return new GivenSecrets(Map.of("db-password", SecretValue.of(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ env = \"DB\" }",
        "{ file = \"kept.txt\" }",
        "{ command = \"cat kept.txt\" }",
        "{ command = [\"cat\", \"kept.txt\"] }"
      })
  void aSecretComesFromWhereTheFileSays(String place) throws IOException {
    Files.writeString(project.resolve("kept.txt"), "two\nlines\n");
    environment.put("DB", "two\nlines");
    write("[secrets]\ndb-password = " + place + "\n");
    assertThat(secret("db-password")).isEqualTo(same("two\nlines"));
  }

  @Test
  void theVariableOfASecretsOwnNameWins() throws IOException {
    write("[secrets]\ndb-password = { file = \"none.txt\" }\n");
    environment.put("COLOPHON_SECRET_DB_PASSWORD", "x!");
    assertThat(secret("db-password")).isEqualTo(same("x!"));
  }

  @Test
  void aMissingSecretIsToldWithTheThreeWaysToGiveIt() {
    assertThatThrownBy(() -> secret("db-password"))
        .message()
        .contains("secret \"db-password\"", "COLOPHON_SECRET_DB_PASSWORD", "file =", "command =");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { file = "none.txt" }    | can't be read (no such file or folder)
          { env = "NOT_SET" }      | environment variable NOT_SET is not set
          { command = "exit 3" }   | ended with status 3
          { command = ["nosuch"] } | can't be run
          { command = "true" }     | gives nothing
          """)
  void aSecretThatCantBeHadIsToldWithTheLineThatNamesItsPlace(String place, String why)
      throws IOException {
    write("[secrets]\ndb-password = " + place + "\n");
    assertThatThrownBy(() -> secret("db-password"))
        .message()
        .contains("colophon.toml:2: secret \"db-password\": ", why);
  }

  @Test
  void listsOfSecretFilesAddUp() throws IOException {
    write("[code]\nsecret-files = [\"*.sekret\", \"a/b\"]\nallow = [\"fixtures/*.pem\"]\n");
    environment.put("COLOPHON_CODE_SECRET_FILES", "*.xyz, *.sekret");
    Configuration configuration = configuration();
    assertThat(configuration.find(Key.SECRET_FILES))
        .contains(
            new Setting(
                "code.secret-files",
                Json.parse("[\"*.xyz\",\"*.sekret\",\"a/b\"]"),
                "COLOPHON_CODE_SECRET_FILES, " + project.resolve("colophon.toml") + ":2"));
    assertThat(List.of("x.sekret", "c/a/b", "q.xyz", "test.pem"))
        .allMatch(configuration.secretFiles()::match);
    assertThat(configuration.secretFiles().match("fixtures/test.pem")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"*.sekret\"", "[1]", "[\"\"]", "[\" \"]", "[\"a/\"]", "[\"/a\"]"})
  void aListOfSecretFilesThatIsNoneIsRefused(String value) throws IOException {
    write("[code]\nsecret-files = " + value + "\n");
    assertThatThrownBy(configuration()::check)
        .message()
        .contains("colophon.toml:2: code.secret-files = ", "expected a list of patterns");
  }

  private Map<String, ParamValue> file(String name, String text) throws IOException {
    Files.writeString(work.resolve(name), text);
    return ParameterFile.read(Path.of(name), work);
  }

  private static ParamValue at(String json, String where) {
    return new ParamValue.Written(Json.parse(json), where);
  }

  @Test
  void threeLanguagesSayTheSame() throws IOException {
    assertThat(
            file(
                "p.toml",
                "month = 2013-04-01\nrates = [0.5, 1.0]\n\n[limits]\nlow = 1\nhigh = 2\n"))
        .containsEntry("month", at("\"2013-04-01\"", "p.toml:1"))
        .containsEntry("rates", at("[0.5, 1.0]", "p.toml:2"))
        .containsEntry("limits", at("{\"high\":2,\"low\":1}", "p.toml:4"));
    assertThat(file("p.yaml", "month: 2013-04\nno: no\nrates:\n- 0.5\nlimits: {low: 1}\n"))
        .containsEntry("month", at("\"2013-04\"", "p.yaml:1"))
        .containsEntry("no", at("\"no\"", "p.yaml:2"))
        .containsEntry("rates", at("[0.5]", "p.yaml:3"))
        .containsEntry("limits", at("{\"low\":1}", "p.yaml:5"));
    assertThat(file("p.json", "{\"month\": \"2013-04\",\n \"limits\": {\n\"low\": 1}}"))
        .containsEntry("month", at("\"2013-04\"", "p.json:1"))
        .containsEntry("limits", at("{\"low\":1}", "p.json:2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p.yaml | a: 1\\nb: [1      | p.yaml:
          p.yaml | a: 1\\na: 2       | p.yaml:2: "a" is given twice
          p.yaml | a: !!java.net.URL x | p.yaml:1: tag
          p.yaml | a: &x [*x]       | p.yaml:1: it repeats itself
          p.yaml | - 1              | expected names with values
          p.json | {"a": }          | p.json: JSON
          p.json | [1]              | expected an object
          p.toml | a = 1\\na = 2     | p.toml:2:
          p.txt  | a = 1            | expected a file that ends in .toml
          """)
  void aBadFileIsRefusedWithItsPlace(String name, String text, String message) {
    assertThatThrownBy(() -> file(name, text.replace("\\n", "\n")))
        .isInstanceOf(Invalid.class)
        .message()
        .contains(message);
  }
}
