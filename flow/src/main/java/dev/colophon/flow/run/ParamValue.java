package dev.colophon.flow.run;

import dev.colophon.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What somebody gave a parameter, before it is known whether it is one. */
public sealed interface ParamValue {
  /** Where it was given, such as {@code params.toml:3}; empty for the command line. */
  String where();

  /** A text as people type it: a list may have commas, a record is JSON. */
  record Typed(String text, String where) implements ParamValue {}

  /** A name without a value on the command line, which means true. */
  record Bare() implements ParamValue {
    @Override
    public String where() {
      return "";
    }
  }

  /** A value of a file, which has types of its own. */
  record Written(Json value, String where) implements ParamValue {}

  /** As an earlier run recorded it; let go of where the flow has no such parameter any more. */
  record Inherited(Json value, String where) implements ParamValue {}

  /** Texts that were typed on the command line. */
  static Map<String, ParamValue> typed(Map<String, String> texts) {
    Map<String, ParamValue> values = new LinkedHashMap<>();
    texts.forEach((name, text) -> values.put(name, new Typed(text, "")));
    return values;
  }
}
