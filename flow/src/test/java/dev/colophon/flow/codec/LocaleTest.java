package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is stored is the same in every locale: some have digits, small letters or years of their
 * own.
 */
final class LocaleTest {
  private static final Type PATHS = new TypeOf<List<Path>>() {}.type();

  private final MemoryContents contents = new MemoryContents();
  private final Codecs codecs = new Codecs();
  private final Locale usual = Locale.getDefault();
  private final Locale usualFormat = Locale.getDefault(Locale.Category.FORMAT);

  @TempDir private Path folder;

  enum Kind {
    TITLE
  }

  record Row(Kind kind, int number, double value, LocalDate day) {}

  @SuppressWarnings("ArrayRecordComponent") // as authors write tables
  record Table(int[] numbers, double[] values) {}

  @AfterEach
  void asItWas() {
    Locale.setDefault(usual);
    Locale.setDefault(Locale.Category.FORMAT, usualFormat);
  }

  private List<Stored> stored() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      paths.add(Files.writeString(folder.resolve("file" + i), "text"));
    }
    Row row = new Row(Kind.TITLE, 1234567, 1234.5, LocalDate.of(2013, 4, 30));
    Table table = new Table(new int[12], new double[] {0.5});
    return List.of(
        codecs.encode(PATHS, paths, contents),
        codecs.encode(Row.class, row, contents),
        codecs.encode(Table.class, table, contents),
        codecs.encode(int[].class, table.numbers(), contents));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "th-TH-u-ca-buddhist-nu-thai"})
  void aValueIsTheSame(String tag) throws IOException {
    Locale.setDefault(Locale.ROOT);
    List<Stored> root = stored();
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(stored()).isEqualTo(root);
  }
}
