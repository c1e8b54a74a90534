package dev.colophon.embedded.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a repository on this machine that lets in whoever knows the password. */
class MavenLoginsTest {
  private static final String POM =
      "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>"
          + "<artifactId>a</artifactId><version>1.0</version></project>";

  @TempDir Path folder;
  private HttpServer repository;

  @BeforeEach
  void aRepositoryThatAsksWho() throws IOException {
    repository = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    repository.createContext("/", MavenLoginsTest::answer);
    repository.start();
  }

  @AfterEach
  void close() {
    repository.stop(0);
  }

  private static void answer(HttpExchange asked) throws IOException {
    String login = "Basic " + Base64.getEncoder().encodeToString("ana:open".getBytes(UTF_8));
    String path = asked.getRequestURI().getPath();
    byte[] body = (path.endsWith(".pom") ? POM : "jar").getBytes(UTF_8);
    if (!login.equals(asked.getRequestHeaders().getFirst("Authorization"))) {
      asked.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"here\"");
      asked.sendResponseHeaders(401, -1);
    } else if (!path.endsWith(".pom") && !path.endsWith(".jar")) {
      asked.sendResponseHeaders(404, -1);
    } else {
      asked.sendResponseHeaders(200, body.length);
      asked.getResponseBody().write(body);
    }
    asked.close();
  }

  private List<Path> resolve(String server, String password) throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("settings.xml"),
            """
            <settings>
              <servers><server><id>%s</id><username>ana</username><password>%s</password></server></servers>
              <mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>http://localhost:%d</url></mirror></mirrors>
            </settings>
            """
                .formatted(server, password, repository.getAddress().getPort()));
    MavenSettings places = new MavenSettings(settings, Optional.empty(), folder.resolve("local"));
    return new MavenLibraries(folder.resolve("cache"), places, line -> {})
        .resolve(List.of("org.example:a:1.0"));
  }

  @Test
  void aPasswordInPlainOpensTheRepository() throws IOException {
    assertThat(resolve("here", "open")).hasSize(1);
  }

  @Test
  void aPasswordWithEscapedBracesIsNotTakenForAnEncryptedOne() {
    assertThatThrownBy(() -> resolve("here", "\\{wrong\\}"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("//DEPS org.example:a:1.0 can't be had");
  }

  @Test
  void anEncryptedPasswordIsRefusedNamingItsServer() {
    assertThatThrownBy(() -> resolve("here", "{COQLCE6DU6GtcS5P=}"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("server \"here\"")
        .hasMessageContaining("is encrypted")
        .hasMessageContaining("${env.NAME}");
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertThatThrownBy(() -> resolve("here", "${env.COLOPHON_NEVER_SET}"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("environment variable COLOPHON_NEVER_SET is not set");
  }

  @Test
  void anEncryptedPasswordOfAServerThatNobodyAsksDoesNoHarm() {
    assertThatThrownBy(() -> resolve("elsewhere", "{COQLCE6DU6GtcS5P=}"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("//DEPS org.example:a:1.0 can't be had");
  }
}
