package dev.colophon.flow.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not captured because of their names. */
class SecretFilesTest extends CodeCaptureHarness {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".env",
        "sub/.env.local",
        "prod.env",
        ".ENV",
        "tls/server.pem",
        "server.key",
        "id_rsa",
        "id_ed25519.old",
        "store.p12",
        "keys.jks",
        ".netrc",
        ".npmrc",
        ".pgpass",
        "CREDENTIALS",
        ".aws/credentials",
        "credentials.json",
        "conf/.m2/settings.xml",
        ".docker/config.json",
        "vault.kdbx",
        "client_secret_7.json"
      })
  void aNameOfTheListIsASecret(String path) {
    assertThat(SecretFiles.USUAL.match(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".env.example",
        "id_rsa.pub",
        "Credentials.java",
        "CredentialsTest.java",
        ".env.java",
        "environment.yml",
        "settings.xml",
        "config.json",
        "keys.csv",
        "monkey",
        ".env/lib/site.py"
      })
  void aNameThatOnlyLooksLikeOneIsNot(String path) {
    assertThat(SecretFiles.USUAL.match(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.sekret", "sub/A.SEKRET", "conf/login.txt", "x/conf/login.txt", ".env"})
  void aNameThatIsAddedIsASecretToo(String path) {
    assertThat(new SecretFiles(List.of("*.Sekret", "conf/login.txt"), List.of()).match(path))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"login.txt", "myconf/login.txt", "conf/login.txt.old", "a.sekret/b"})
  void anAddedPatternIsAboutWholeNames(String path) {
    assertThat(new SecretFiles(List.of("*.sekret", "conf/login.txt"), List.of()).match(path))
        .isFalse();
  }

  @Test
  void whatIsAllowedIsCapturedWhateverTheListsSay() {
    SecretFiles secrets = new SecretFiles(List.of("*.txt"), List.of("fixtures/*.pem", "open.txt"));
    assertThat(List.of("fixtures/test.pem", "sub/fixtures/test.pem", "open.txt"))
        .noneMatch(secrets::match);
    assertThat(List.of("test.pem", "fixtures/sub/test.pem", "a.txt")).allMatch(secrets::match);
  }

  @Test
  void whatIsCompiledIsCapturedWhateverIsAdded() {
    assertThat(new SecretFiles(List.of("*"), List.of()).match("sub/Flow.java")).isFalse();
  }

  @Test
  void anotherListIsHeededThoughNothingElseChanged() throws IOException {
    repository().write("a.txt", "a").write("tracked.pem", "-----BEGIN").commit();
    capture(work());
    secrets(new SecretFiles(List.of("a.*"), List.of("*.pem")));
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("tracked.pem");
    assertThat(captured.withheld()).containsExactly("a.txt");
  }

  @Test
  void aSecretIsNamedButNotCapturedWithGit() throws IOException {
    repository()
        .write("a.txt", "a")
        .write("tracked.pem", "-----BEGIN")
        .commit()
        .write("sub/.env", "TOKEN=1");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a.txt");
    assertThat(captured.withheld()).containsExactly("sub/.env", "tracked.pem");
  }

  @Test
  void aSecretThatIsRememberedIsStillNamed() throws IOException {
    repository().write("a.txt", "a").write("tracked.pem", "-----BEGIN").commit();
    List<String> first = capture(work()).withheld();
    assertThat(capture(work()).withheld()).isEqualTo(first).containsExactly("tracked.pem");
  }

  @Test
  void aSecretThatWasDeletedIsNotNamed() throws IOException {
    repository().write("a.txt", "a").write("tracked.pem", "-----BEGIN").commit();
    capture(work());
    Files.delete(work().resolve("tracked.pem"));
    assertThat(capture(work()).withheld()).isEmpty();
  }

  @Test
  void aSecretIsNamedButNotCapturedWithoutGit() throws IOException {
    Files.writeString(work().resolve("Flow.java"), "f");
    Files.writeString(work().resolve(".env"), "TOKEN=1");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("Flow.java");
    assertThat(captured.withheld()).containsExactly(".env");
  }
}
