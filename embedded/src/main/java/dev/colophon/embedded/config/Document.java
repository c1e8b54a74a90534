package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.json.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A file of names and values, in one of three languages.
 *
 * @param shown the file as people know it
 * @param lines on which the members stand, from 1, by the names that lead to them
 */
record Document(String shown, Json.Obj content, Map<List<String>, Integer> lines) {
  /** Turns a text into a document. */
  private interface Language {
    Document read(String shown, String text);
  }

  Document {
    lines = Map.copyOf(lines);
  }

  /**
   * Reads a file; its ending says in which language.
   *
   * @param shown the file as people know it
   * @throws NotFound if there is none
   * @throws Invalid with file and line if it is not what its ending says
   */
  static Document of(Path file, String shown) {
    Language language = language(shown);
    try {
      return language.read(shown, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new NotFound(
          "%s: no such file; name one that ends in .toml, .json, .yaml or .yml".formatted(shown));
    } catch (CharacterCodingException e) {
      throw new Invalid("%s: it is no UTF-8 text".formatted(shown), e);
    } catch (IOException e) {
      throw new Unavailable("%s can't be read (%s)".formatted(shown, IoReason.of(e)), e);
    }
  }

  private static Language language(String shown) {
    String name = shown.toLowerCase(Locale.ROOT);
    if (name.endsWith(".toml")) {
      return TomlText::read;
    }
    if (name.endsWith(".json")) {
      return JsonLines::read;
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return YamlText::read;
    }
    throw new Invalid(
        "%s: expected a file that ends in .toml, .json, .yaml or .yml".formatted(shown));
  }

  /** Where a member stands: {@code colophon.toml:3}. */
  String at(String... names) {
    return Optional.ofNullable(lines.get(List.of(names)))
        .map(line -> shown + ":" + line)
        .orElse(shown);
  }
}
