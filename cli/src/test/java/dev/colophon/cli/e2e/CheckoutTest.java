package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import dev.colophon.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The code of a run, brought back into an empty folder: it runs there under another account, in
 * another working folder, time zone, locale and character set, without Git, Maven and the old home,
 * and gives the same digests.
 */
class CheckoutTest {
  private static final String FLOW =
      """
      //DEPS org.example:words:1.0
      import dev.colophon.flow.*;
      import java.io.IOException;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      import java.util.random.RandomGenerator;

      @Flow
      public class Main {
        enum Kind { TITLE, INDEX }

        record Row(Kind kind, double value, LocalDate day, Instant at, Duration took) {}

        record Table(int[] numbers, double[] values) {}

        @Param List<String> names = List.of("IĞDIR", "größer");
        @Param String title = "";
        @Param double bar = 0.5;

        @Step
        List<Row> rows(@Input("ignored/rows.csv") Path csv, double bar) throws IOException {
          return Files.readAllLines(csv).stream()
              .map(line -> new Row(
                  Kind.INDEX, Double.parseDouble(line) * bar, LocalDate.of(2013, 1, 31),
                  Instant.parse("2013-01-31T23:30:00Z"), Duration.ofMinutes(90)))
              .toList();
        }

        @Step
        SortedMap<String, Integer> lengths(List<String> names) {
          var lengths = new TreeMap<String, Integer>();
          names.forEach(name -> lengths.put(Word.of(name) + "ü", name.length()));
          return lengths;
        }

        @Step
        String shown(String title) {
          return title;
        }

        @Step
        List<Path> files(double bar) throws IOException {
          Path folder = Files.createTempDirectory("files");
          return List.of(
              Files.writeString(folder.resolve("a"), String.format("%,.2f %d", 1234 * bar, 7)),
              Files.writeString(folder.resolve("b"), "b"));
        }

        @Step
        Table table(RandomGenerator random) {
          return new Table(random.ints(9).toArray(), random.doubles(9).toArray());
        }

        @Step
        Path file(List<Row> rows, @Input("open.txt") Path open) throws IOException {
          return Files.writeString(
              Files.createTempDirectory("out").resolve("rows.txt"), rows + Files.readString(open));
        }

        @Step
        Instant now(TaskContext context) {
          return context.asOf();
        }

        @Step
        NewVersion register(Table table, List<Row> rows) {
          return NewVersion.of("words", table).metric("rows", rows.size());
        }
      }
      """;

  private static final List<String> STEPS =
      List.of("rows", "lengths", "shown", "files", "table", "file", "now", "register");

  private static final String CLASS =
      """
      package com.acme;

      import dev.colophon.flow.*;
      import java.io.IOException;
      import java.nio.file.*;
      import java.util.List;

      @Flow
      public class Energy {
        @Param int skip = 1;

        @Step
        long rows(@Input("../data/energy.csv") Path csv, int skip) throws IOException {
          return Files.readAllLines(csv).stream().skip(skip).count();
        }

        @Step
        List<String> days(@Input("../data/day-*.txt") List<Path> days) throws IOException {
          var all = new java.util.ArrayList<String>();
          for (Path day : days) {
            all.add(Shout.of(day.getFileName() + Files.readString(day)));
          }
          return all;
        }
      }
      """;

  @TempDir Path folder;
  private Path there;
  private Command colophon;

  @BeforeEach
  void aHomeAndAnAccountWithARepository() throws Exception {
    colophon = Command.in(folder.resolve("first"));
    there = folder.resolve("elsewhere").resolve("again");
  }

  private void write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void aFlowOfOneFile() throws Exception {
    Path remote = folder.resolve("first").resolve("remote");
    Jars.publish(
        remote,
        "words",
        "Upper",
        "public class Upper { public static String of(String t) { return t.trim(); } }");
    write(
        colophon.person().resolve(".m2").resolve("settings.xml"),
        """
        <settings><mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors></settings>
        """
            .formatted(remote.toUri()));
    colophon
        .file("flows/Main.java", FLOW)
        .file(
            "flows/Word.java", "class Word { static String of(String s) { return Upper.of(s); } }")
        .file("flows/ignored/rows.csv", "1.5\n2.25\n")
        .file("flows/open.txt", "größer")
        .file(".gitignore", "ignored/\n")
        .file(".env", "TOKEN=1\n");
    git("init", "-q", "-b", "main");
    git("add", "flows/Main.java", "flows/open.txt", ".gitignore");
    git("commit", "-q", "-m", "first");
  }

  private void git(String... words) throws Exception {
    List<String> line =
        new ArrayList<>(List.of("git", "-c", "user.name=ana", "-c", "user.email=ana@example.org"));
    line.addAll(List.of(words));
    Process process =
        new ProcessBuilder(line)
            .directory(colophon.work().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(0);
  }

  private static Ended done(Ended ended) {
    assertThat(ended.err()).doesNotContain("error:");
    assertThat(ended.status()).isEqualTo(0);
    return ended;
  }

  private static Map<String, String> digests(Command command, String run, List<String> steps)
      throws Exception {
    Map<String, String> digests = new TreeMap<>();
    for (String step : steps) {
      digests.put(
          step, done(command.run("show", run + "/" + step, "--json")).text("output.digest"));
    }
    return digests;
  }

  /** As another person on another machine has it: what was first is gone. */
  private Command elsewhere(Path home) throws Exception {
    return elsewhere(home, "tr_TR.ISO-8859-9", "ISO-8859-1");
  }

  private Command elsewhere(Path home, String locale, String charset) throws Exception {
    String language = locale.equals("C") ? "ar" : "tr"; // which has digits of its own
    String country = locale.equals("C") ? "EG" : "TR";
    Files.move(folder.resolve("first"), folder.resolve("gone"));
    Command other = Command.in(folder.resolve("second"));
    return other
        .home(home)
        .with("PATH", Files.createDirectories(folder.resolve("nothing")).toString())
        .with("TZ", "Pacific/Kiritimati")
        .with("LC_ALL", locale)
        .with(
            "JAVA_TOOL_OPTIONS",
            "-Dfile.encoding=%s -Duser.language=%s -Duser.country=%s -Duser.timezone=Pacific/Kiritimati"
                .formatted(charset, language, country));
  }

  private static List<String> again(Ended checkout) {
    return checkout.json().get("command").asList().stream().skip(1).map(Json::asString).toList();
  }

  /** What the checkout says, from another working folder. */
  private String[] fromAnotherFolder(Ended checkout) {
    List<String> words = new ArrayList<>(again(checkout));
    for (int path : List.of(1, words.indexOf("--params") + 1)) {
      words.set(path, there.resolve(words.get(path)).toString());
    }
    return words.toArray(String[]::new);
  }

  /** A text that no shell takes as it is, and that few character sets have. */
  private void aRunWithAPeculiarText() throws Exception {
    aFlowOfOneFile();
    colophon.file(
        "given.json", "{\"title\": \"it's \\\"größer\\\" \\u2603\\n$HOME\", \"names\": [\"Ğ,Ğ\"]}");
    done(
        colophon.run(
            "run", "flows/Main.java", "--params", "given.json", "--bar", "0.25", "--seed", "7"));
  }

  @ParameterizedTest
  @CsvSource({"tr_TR.ISO-8859-9, ISO-8859-1", "C, US-ASCII"})
  void aFlowOfOneFileWithASiblingALibraryAndDataGivesTheSameDigests(String locale, String charset)
      throws Exception {
    aRunWithAPeculiarText();
    Map<String, String> first = digests(colophon, "Main/1", STEPS);
    Ended checkout =
        done(
            colophon.run(
                "code", "checkout", "words@1", "--to", there.toString(), "--with-data", "--json"));

    Command other = elsewhere(there.resolve(".colophon"), locale, charset);
    done(other.run(fromAnotherFolder(checkout)));

    assertThat(digests(other, "Main/1", STEPS)).isEqualTo(first);
  }

  @Test
  void aCheckoutHasTheCodeParametersAndDataOfItsRunToTheLastKey() throws Exception {
    aRunWithAPeculiarText();
    Ended checkout =
        done(
            colophon.run(
                "code", "checkout", "Main/1", "--to", there.toString(), "--with-data", "--json"));

    Command other = elsewhere(folder.resolve("gone").resolve("home"), "C", "US-ASCII");
    List<String> words = new ArrayList<>(List.of(fromAnotherFolder(checkout)));
    words.add("--json");
    Ended again = done(other.run(words.toArray(String[]::new)));

    assertThat(again.json().get("tasks").asList())
        .hasSize(STEPS.size())
        .allMatch(task -> task.asObject().get("reused").asBoolean());
  }

  @Test
  void aCheckoutHasTheSnapshotThatItCameFrom() throws Exception {
    aFlowOfOneFile();
    done(colophon.run("run", "flows/Main.java"));
    String snapshot = done(colophon.run("code", "show", "Main/1", "--json")).text("snapshot");
    done(colophon.run("code", "checkout", "Main/1", "--to", there.toString(), "--with-data"));

    Command other = elsewhere(there.resolve(".colophon"));
    done(other.run("run", there.resolve("flows/Main.java").toString()));

    assertThat(done(other.run("code", "show", "Main/1", "--json")).text("snapshot"))
        .isEqualTo(snapshot);
  }

  @Test
  void aClassOfAMavenProjectGivesTheSameDigests() throws Exception {
    Path first = folder.resolve("first");
    Path library =
        Jars.jar(
            first.resolve("repository/org/example/shout/1.0/shout-1.0.jar"),
            "Shout",
            "package com.acme; public class Shout { public static String of(String t) { return t + '!'; } }");
    colophon
        .file("pom.xml", "<project/>")
        .file("src/main/java/com/acme/Energy.java", CLASS)
        .file("../data/energy.csv", "outside,energy\n-4,71\n0,60\n")
        .file("../data/day-2.txt", "two")
        .file("../data/day-1.txt", "one")
        .file(
            "mvnw",
            """
            #!/bin/sh
            for word; do
              case $word in -Dmdep.outputFile=*) printf %%s '%s' >"${word#*=}" ;; esac
            done
            """
                .formatted(library));
    assertThat(colophon.work().resolve("mvnw").toFile().setExecutable(true)).isTrue();
    Jars.compile(
        colophon.work().resolve("src/main/java/com/acme/Energy.java"),
        colophon.work().resolve("target/classes"),
        library);
    done(colophon.run("run", "com.acme.Energy", "--skip", "2"));
    Map<String, String> before = digests(colophon, "Energy/1", List.of("rows", "days"));
    Path second = folder.resolve("second").resolve("work");
    Ended checkout =
        done(
            colophon.run(
                "code",
                "checkout",
                "Energy/1",
                "--to",
                second.toString(),
                "--with-data",
                "--json"));

    Command other = elsewhere(second.resolve(".colophon"));
    done(other.run(again(checkout).toArray(String[]::new)));

    assertThat(digests(other, "Energy/1", List.of("rows", "days"))).isEqualTo(before);
  }

  @Test
  void aSecretIsNotCheckedOutButNamed() throws Exception {
    aFlowOfOneFile();
    Ended run = done(colophon.run("run", "flows/Main.java"));
    assertThat(run.err()).containsOnlyOnce(".env");
    Ended checkout =
        done(colophon.run("code", "checkout", "Main/1", "--to", there.toString(), "--json"));
    assertThat(checkout.text("withheld")).isEqualTo("[\".env\"]");
    assertThat(there.resolve(".env")).doesNotExist();
  }

  @Test
  void aLibraryIsShownWithItsCoordinates() throws Exception {
    aFlowOfOneFile();
    done(colophon.run("run", "flows/Main.java"));
    assertThat(done(colophon.run("code", "show", "Main/1")).out())
        .containsPattern("words-1.0.jar +library .* sha256:[0-9a-f]{12} +org.example:words:1.0")
        .contains("left out   .env");
  }

  @Test
  void withoutDataItIsSaidWhatIsNotThere() throws Exception {
    aFlowOfOneFile();
    done(colophon.run("run", "flows/Main.java"));
    Ended checkout =
        done(colophon.run("code", "checkout", "Main/1", "--to", there.toString(), "--json"));
    assertThat(checkout.text("absent")).isEqualTo("[\"ignored/rows.csv\"]");
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAsItIs() throws Exception {
    aFlowOfOneFile();
    done(colophon.run("run", "flows/Main.java"));
    write(there.resolve("mine.txt"), "mine");
    Ended refused = colophon.run("code", "checkout", "Main/1", "--to", there.toString());
    assertThat(refused.status()).isEqualTo(5);
    assertThat(refused.err()).contains("holds something");
    assertThat(there.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void aDamagedStoreLeavesNothingThatLooksWhole() throws Exception {
    aFlowOfOneFile();
    done(colophon.run("run", "flows/Main.java"));
    Path packs = colophon.home().resolve("store");
    try (var files = Files.walk(packs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 3; i < bytes.length * 2 / 3; i++) {
          bytes[i] ^= 1;
        }
        Files.write(file, bytes);
      }
    }
    Files.createDirectories(folder.resolve("elsewhere"));
    Ended refused = colophon.run("code", "checkout", "Main/1", "--to", there.toString());
    assertThat(refused.status()).isNotZero();
    assertThat(there).doesNotExist();
    assertThat(folder.resolve("elsewhere").toFile().list()).isEmpty();
  }
}
