package dev.colophon.flow.run;

import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.flow.graph.FlowGraph.ParamNode;
import dev.colophon.flow.graph.FlowType;
import dev.colophon.flow.graph.Suggestion;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives every parameter of a flow its value: what a person typed, else the initialiser of its
 * field. The steps get what was recorded, read back.
 */
public final class ParamBinder {
  private final FlowProgram program;
  private final ValueJson json;

  public ParamBinder(FlowProgram program, ValueJson json) {
    this.program = program;
    this.json = json;
  }

  /** The defaults, by parameter; one without an initialiser is absent. */
  public Map<String, Json> defaults() {
    Map<String, Json> defaults = new LinkedHashMap<>();
    Object instance = instance();
    for (ParamNode param : program.graph().params()) {
      initial(instance, param).ifPresent(value -> defaults.put(param.name(), value));
    }
    return defaults;
  }

  /**
   * Binds the parameters.
   *
   * @param given by parameter
   * @throws Invalid listing every unknown parameter, every text that is no value of its type, and
   *     every missing value
   */
  public BoundParams bind(Map<String, ParamValue> given) {
    List<String> problems = new ArrayList<>(unknown(given));
    Map<String, Json> defaults = defaults();
    SortedMap<String, Json> recorded = new TreeMap<>();
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParamNode param : program.graph().params()) {
      try {
        Json value = value(param, Optional.ofNullable(given.get(param.name())), defaults);
        recorded.put(param.name(), value);
        values.put(param.name(), json.fromJson(Types.of(param.type()), value));
      } catch (Invalid e) {
        problems.add(told(given, param.name(), e.text()));
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(
          problems.size() == 1
              ? problems.getFirst()
              : "flow %s can't be run with these parameters:\n%s"
                  .formatted(program.graph().flow(), String.join("\n", problems)));
    }
    return new BoundParams(recorded, values);
  }

  /** The refusal, behind the place that is to blame. */
  private static String told(Map<String, ParamValue> given, String name, String refusal) {
    String where =
        Optional.ofNullable(given.get(name))
            .map(ParamValue::where)
            .filter(w -> !w.isEmpty())
            .orElse("");
    return where.isEmpty() ? refusal : where + ": " + refusal;
  }

  private List<String> unknown(Map<String, ParamValue> given) {
    List<String> known = program.graph().params().stream().map(ParamNode::name).toList();
    String all = known.isEmpty() ? "no parameters" : "the parameters " + String.join(", ", known);
    return given.keySet().stream()
        .filter(name -> !known.contains(name))
        .filter(name -> !(given.get(name) instanceof ParamValue.Inherited))
        .sorted()
        .map(
            name ->
                told(
                    given,
                    name,
                    "parameter \"%s\": flow %s has %s%s"
                        .formatted(name, program.graph().flow(), all, didYouMean(name, known))))
        .toList();
  }

  private static String didYouMean(String word, List<String> known) {
    return Suggestion.closest(word, known).map(meant -> "; did you mean " + meant + "?").orElse("");
  }

  private Json value(ParamNode param, Optional<ParamValue> given, Map<String, Json> defaults) {
    Optional<Json> initial = Optional.ofNullable(defaults.get(param.name()));
    if (given.isPresent()) {
      return switch (given.get()) {
        case ParamValue.Typed(String text, String where) -> typed(param, text, initial);
        case ParamValue.Bare() -> bare(param, initial);
        case ParamValue.Written(Json value, String where) -> written(param, value, initial);
        case ParamValue.Inherited(Json value, String where) -> written(param, value, initial);
      };
    }
    return initial.orElseThrow(
        () ->
            new Invalid(
                "parameter \"%s\" (%s) has no default; give it with --%s VALUE%s"
                    .formatted(
                        param.name(),
                        param.type().display(),
                        param.name(),
                        suchAs(param, Optional.empty()))));
  }

  private static Json bare(ParamNode param, Optional<Json> initial) {
    if (isTruth(param)) {
      return new Json.Bool(true);
    }
    throw new Invalid(
        "parameter \"%s\" (%s): its value is missing; write --%s VALUE%s"
            .formatted(param.name(), param.type().display(), param.name(), suchAs(param, initial)));
  }

  private static boolean isTruth(ParamNode param) {
    return param.type().shape() instanceof FlowType.Primitive(String name)
        && name.equals("boolean");
  }

  private Json typed(ParamNode param, String text, Optional<Json> initial) {
    try {
      Json value = parse(param.type(), text);
      json.fromJson(Types.of(param.type()), value);
      return value;
    } catch (ColophonException e) {
      throw refusal(param, text, initial, e);
    }
  }

  /**
   * As it would be recorded if it had been typed: equal values are equal, however they are spelt.
   */
  private Json written(ParamNode param, Json value, Optional<Json> initial) {
    if (value instanceof Json.Str(String text) && param.type().argumentOf(List.class).isPresent()) {
      return typed(param, text, initial);
    }
    try {
      return json.toJson(Types.of(param.type()), json.fromJson(Types.of(param.type()), value));
    } catch (ColophonException e) {
      throw refusal(param, ParamForm.typed(value), initial, e);
    }
  }

  private static Invalid refusal(
      ParamNode param, String text, Optional<Json> initial, ColophonException e) {
    return new Invalid(
        "parameter \"%s\": %s is no %s%s; expected %s%s%s"
            .formatted(
                param.name(),
                quoted(text),
                param.type().display(),
                reason(param.type(), e),
                ParamForm.expected(param.type()),
                suchAs(param, initial),
                didYouMean(text, ParamForm.constants(param.type()))),
        e);
  }

  /** In quotes that the text does not hold itself. */
  private static String quoted(String text) {
    return text.contains("\"") ? "'" + text + "'" : "\"" + text + "\"";
  }

  /** What exactly is wrong, where a text has parts. */
  private static String reason(FlowType type, ColophonException refusal) {
    return switch (type.shape()) {
      case FlowType.RecordShape record -> said(refusal);
      case FlowType.Sealed sealed -> said(refusal);
      case FlowType.Array array -> said(refusal);
      case FlowType.Declared declared when !declared.arguments().isEmpty() -> said(refusal);
      case FlowType.Declared declared -> "";
      case FlowType.Primitive primitive -> "";
      case FlowType.Enumeration enumeration -> "";
    };
  }

  /** The codecs speak of what is stored; nothing is, yet. */
  private static String said(ColophonException refusal) {
    return " ("
        + refusal.text().replaceAll("(?:the )?stored value sha256:\\p{XDigit}+", "it")
        + ")";
  }

  private static String suchAs(ParamNode param, Optional<Json> initial) {
    Optional<String> example = ParamForm.example(param.type());
    return example
        .map(
            text ->
                " such as "
                    + initial.map(ParamForm::typed).filter(typed -> !typed.isBlank()).orElse(text))
        .orElse("");
  }

  private static Json parse(FlowType type, String text) {
    return switch (type.shape()) {
      case FlowType.Primitive(String name) -> parsePrimitive(name, text);
      case FlowType.RecordShape record -> Json.parse(text);
      case FlowType.Sealed sealed -> Json.parse(text);
      case FlowType.Array array -> Json.parse(text);
      case FlowType.Enumeration enumeration -> Json.of(text);
      case FlowType.Declared declared -> parseDeclared(type, declared, text);
    };
  }

  private static Json parsePrimitive(String name, String text) {
    return switch (name) {
      case "boolean" -> new Json.Bool(parseBoolean(text));
      case "char" -> Json.of(text);
      case "double", "float" -> Json.of(parseDouble(text));
      default -> new Json.Num(text);
    };
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Invalid("\"%s\": expected true or false".formatted(text));
    };
  }

  private static double parseDouble(String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isInfinite(number) && text.chars().anyMatch(Character::isDigit)) {
        throw new Invalid("\"%s\": larger than any double".formatted(text));
      }
      return number;
    } catch (NumberFormatException e) {
      throw new Invalid("\"%s\": expected a number".formatted(text), e);
    }
  }

  private static Json parseDeclared(FlowType type, FlowType.Declared declared, String text) {
    Optional<FlowType> element = type.argumentOf(List.class);
    if (element.isPresent() && !text.stripLeading().startsWith("[")) {
      return text.isEmpty()
          ? Json.of(List.of())
          : Json.of(
              Arrays.stream(text.split(",", -1))
                  .map(item -> parse(element.get(), item.strip()))
                  .toList());
    }
    Optional<FlowType> optional = type.argumentOf(Optional.class);
    if (optional.isPresent()) {
      return parse(optional.get(), text);
    }
    return declared.arguments().isEmpty() ? Json.of(text) : Json.parse(text);
  }

  private Optional<Json> initial(Object instance, ParamNode param) {
    try {
      Field field = program.type().getDeclaredField(param.name());
      field.setAccessible(true);
      return Optional.ofNullable(field.get(instance))
          .map(value -> json.toJson(Types.of(param.type()), value));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("parameter " + param.name() + " has no field", e);
    }
  }

  private Object instance() {
    try {
      var constructor = program.type().getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException | LinkageError e) { // of static initialisers too
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new Invalid(
          "flow %s: its constructor or an initialiser failed: %s"
              .formatted(program.graph().flow(), cause),
          cause);
    }
  }
}
