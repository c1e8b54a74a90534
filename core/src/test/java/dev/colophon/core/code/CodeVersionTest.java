package dev.colophon.core.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.code.CodeVersion.Change;
import dev.colophon.core.code.CodeVersion.ChangedFile;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.ClassPathKind;
import dev.colophon.core.code.CodeVersion.GitState;
import dev.colophon.core.code.CodeVersion.Submodule;
import dev.colophon.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CodeVersionTest {
  private static final CodeVersion CODE =
      new CodeVersion(
          new Artifact.Tree(Digest.of("tree"), 10),
          Optional.of(
              new GitState(
                  Optional.of("3f2c1a9"),
                  Optional.of("main"),
                  Optional.empty(),
                  List.of(new ChangedFile("a/Ä.java", Change.MODIFIED)),
                  List.of(new Submodule("libs/x", "77aa")))),
          "Hello",
          Optional.of("Hello.java"),
          List.of(
              new ClassPathEntry(
                  "x.jar", ClassPathKind.LIBRARY, new Artifact.Blob(Digest.of("x"), 1))));

  @Test
  void itComesBackFromJsonAsItWas() {
    assertThat(CodeJson.codeVersion(Json.parse(CodeJson.toJson(CODE).text()))).isEqualTo(CODE);
  }

  @Test
  void whatIsKnownOfLibrariesFolderAndSecretsComesBackFromJson() {
    CodeVersion more =
        new CodeVersion(
            CODE.snapshot(),
            CODE.git(),
            CODE.flow(),
            CODE.source(),
            "examples/flights",
            List.of(
                new ClassPathEntry(
                    "x-1.jar",
                    ClassPathKind.LIBRARY,
                    new Artifact.Blob(Digest.of("x"), 1),
                    Optional.of("org.example:x:1"))),
            List.of("org.example:x:1"),
            List.of(".env"));
    assertThat(CodeJson.codeVersion(Json.parse(CodeJson.toJson(more).text()))).isEqualTo(more);
  }

  /** Digests of code versions that were recorded before there were these members. */
  @Test
  void membersThatSayNothingAreLeftOut() {
    assertThat(CodeJson.toJson(CODE).asObject().members())
        .doesNotContainKeys("folder", "dependencies", "withheld");
  }

  @Test
  void itsDigestChangesWithItsClassPath() {
    CodeVersion without =
        new CodeVersion(CODE.snapshot(), CODE.git(), CODE.flow(), CODE.source(), List.of());
    assertThat(without.digest()).isNotEqualTo(CODE.digest());
  }

  @Test
  void aTreeWithoutGitOrWithoutCommitIsDirty() {
    assertThat(CODE.isDirty()).isTrue();
    assertThat(withGit(Optional.empty()).isDirty()).isTrue();
    assertThat(withGit(clean(Optional.empty())).isDirty()).isTrue();
    assertThat(withGit(clean(Optional.of("3f2c1a9"))).isDirty()).isFalse();
  }

  @Test
  void anEnvironmentComesBackFromJsonAsItWas() {
    Environment environment =
        new Environment(
            "0.1.0",
            "25",
            "Linux",
            2,
            1 << 30,
            "tr-TR",
            "UTC",
            "UTF-8",
            "ana",
            "host",
            "/w",
            new TreeMap<>(Map.of("LANG", "C")),
            List.of("run", "X.java"));
    assertThat(CodeJson.environment(Json.parse(CodeJson.toJson(environment).text())))
        .isEqualTo(environment);
  }

  private static CodeVersion withGit(Optional<GitState> git) {
    return new CodeVersion(CODE.snapshot(), git, CODE.flow(), CODE.source(), CODE.classPath());
  }

  private static Optional<GitState> clean(Optional<String> commit) {
    return Optional.of(new GitState(commit, Optional.of("main"), Optional.empty(), List.of()));
  }
}
