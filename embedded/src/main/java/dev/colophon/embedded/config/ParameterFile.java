package dev.colophon.embedded.config;

import dev.colophon.flow.run.ParamValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a flow in a file of their own: TOML, JSON or YAML, as its ending says. */
public final class ParameterFile {
  private ParameterFile() {}

  /**
   * The values by parameter, each with its line.
   *
   * @param file as the person named it
   * @throws dev.colophon.core.error.ColophonException if it can't be read, or is not what its
   *     ending says
   */
  public static Map<String, ParamValue> read(Path file, Path workingFolder) {
    Document document = Document.of(workingFolder.resolve(file), file.toString());
    Map<String, ParamValue> values = new LinkedHashMap<>();
    document
        .content()
        .members()
        .forEach(
            (name, value) -> values.put(name, new ParamValue.Written(value, document.at(name))));
    return values;
  }
}
