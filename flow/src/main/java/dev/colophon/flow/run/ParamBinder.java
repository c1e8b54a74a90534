package dev.colophon.flow.run;

import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.flow.graph.FlowGraph.ParamNode;
import dev.colophon.flow.graph.FlowType;
import dev.colophon.flow.graph.Suggestion;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
   * @param given texts as typed, by parameter: a list may be typed with commas, a record as JSON
   * @throws Invalid for an unknown parameter, a text that is no value of its type, or a missing
   *     value
   */
  public BoundParams bind(Map<String, String> given) {
    refuseUnknown(given);
    Map<String, Json> defaults = defaults();
    SortedMap<String, Json> recorded = new TreeMap<>();
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParamNode param : program.graph().params()) {
      String text = given.get(param.name());
      Json value = text == null ? defaults.get(param.name()) : typed(param, text);
      if (value == null) {
        throw new Invalid(
            "parameter \"%s\" (%s) has no default; give it with --%s VALUE"
                .formatted(param.name(), param.type().display(), param.name()));
      }
      recorded.put(param.name(), value);
      values.put(param.name(), json.fromJson(Types.of(param.type()), value));
    }
    return new BoundParams(recorded, values);
  }

  private void refuseUnknown(Map<String, String> given) {
    List<String> known = program.graph().params().stream().map(ParamNode::name).toList();
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new Invalid(
            "parameter \"%s\": flow %s has %s%s"
                .formatted(
                    name,
                    program.graph().flow(),
                    known.isEmpty()
                        ? "no parameters"
                        : "the parameters " + String.join(", ", known),
                    Suggestion.closest(name, known)
                        .map(meant -> "; did you mean " + meant + "?")
                        .orElse("")));
      }
    }
  }

  private Json typed(ParamNode param, String text) {
    try {
      Json value = parse(param.type(), text);
      json.fromJson(Types.of(param.type()), value);
      return value;
    } catch (ColophonException e) {
      throw new Invalid(
          "parameter \"%s\": \"%s\" is no %s".formatted(param.name(), text, expected(param.type())),
          e);
    }
  }

  private static String expected(FlowType type) {
    if (Types.of(type) instanceof Class<?> c && c.isEnum()) {
      return type.display()
          + ", expected one of "
          + Arrays.stream(c.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name())
              .collect(Collectors.joining(", "));
    }
    return type.display();
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
      return Double.parseDouble(text);
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
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new Invalid(
          "flow %s: its constructor or a field's initialiser failed: %s"
              .formatted(program.graph().flow(), cause),
          cause);
    }
  }
}
