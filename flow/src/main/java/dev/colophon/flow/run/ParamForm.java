package dev.colophon.flow.run;

import dev.colophon.core.json.Json;
import dev.colophon.flow.graph.FlowType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a person types a value of a parameter's type. */
public final class ParamForm {
  /** What a type of the JDK is called, and a value of it. */
  private record Known(String what, String example) {}

  private static final Map<String, Known> KNOWN =
      Map.ofEntries(
          Map.entry(Duration.class.getName(), new Known("a duration", "PT10M")),
          Map.entry(Instant.class.getName(), new Known("a moment", "2013-04-30T15:00:00Z")),
          Map.entry(LocalDate.class.getName(), new Known("a date", "2013-04-30")),
          Map.entry(LocalDateTime.class.getName(), new Known("date and time", "2013-04-30T15:00")),
          Map.entry(LocalTime.class.getName(), new Known("a time of day", "15:00")),
          Map.entry(Path.class.getName(), new Known("a path", "data.csv")),
          Map.entry(String.class.getName(), new Known("a text", "text")),
          Map.entry(Year.class.getName(), new Known("a year", "2013")),
          Map.entry(YearMonth.class.getName(), new Known("a month", "2013-04")),
          Map.entry(ZoneId.class.getName(), new Known("a time zone", "Europe/Berlin")));

  private ParamForm() {}

  /** The constants of an enum, in their order; none of another type. */
  public static List<String> constants(FlowType type) {
    return Types.of(type) instanceof Class<?> c && c.isEnum()
        ? Arrays.stream(c.getEnumConstants()).map(one -> ((Enum<?>) one).name()).toList()
        : List.of();
  }

  /** What is expected, in words. */
  static String expected(FlowType type) {
    return switch (type.shape()) {
      case FlowType.Primitive(String name) ->
          switch (name) {
            case "boolean" -> "true or false";
            case "char" -> "one letter";
            case "double", "float" -> "a number";
            default -> "a whole number";
          };
      case FlowType.Enumeration enumeration -> "one of " + String.join(", ", constants(type));
      case FlowType.RecordShape record -> "JSON";
      case FlowType.Sealed sealed -> "JSON";
      case FlowType.Array array -> "a list as JSON";
      case FlowType.Declared declared -> expected(type, declared);
    };
  }

  private static String expected(FlowType type, FlowType.Declared declared) {
    if (type.argumentOf(List.class).isPresent()) {
      return "a list, with commas or as JSON,";
    }
    return type.argumentOf(Optional.class)
        .map(ParamForm::expected)
        .orElseGet(
            () ->
                Optional.ofNullable(KNOWN.get(declared.qualifiedName()))
                    .map(Known::what)
                    .orElse(declared.arguments().isEmpty() ? "the text of one" : "JSON"));
  }

  /** A value as it is typed; empty if an example would say no more than the words. */
  public static Optional<String> example(FlowType type) {
    return switch (type.shape()) {
      case FlowType.Primitive(String name) when name.equals("boolean") -> Optional.empty();
      case FlowType.Enumeration enumeration -> Optional.empty();
      case FlowType.Declared declared when type.argumentOf(List.class).isPresent() ->
          type.argumentOf(List.class)
              .flatMap(ParamForm::json)
              .map(item -> Json.of(List.of(item, item)).text());
      case FlowType.Declared declared when type.argumentOf(Optional.class).isPresent() ->
          type.argumentOf(Optional.class).flatMap(ParamForm::example);
      case FlowType.Declared declared ->
          Optional.ofNullable(KNOWN.get(declared.qualifiedName())).map(Known::example);
      case FlowType.Primitive primitive -> json(type).map(ParamForm::typed);
      case FlowType.RecordShape record -> json(type).map(Json::text);
      case FlowType.Sealed sealed -> Optional.empty();
      case FlowType.Array array -> json(type).map(Json::text);
    };
  }

  /** A value as it stands in JSON; empty for types that are too rich to guess one. */
  private static Optional<Json> json(FlowType type) {
    return switch (type.shape()) {
      case FlowType.Primitive(String name) ->
          Optional.of(
              switch (name) {
                case "boolean" -> new Json.Bool(true);
                case "char" -> Json.of("a");
                case "double", "float" -> new Json.Num("0.5");
                default -> new Json.Num("7");
              });
      case FlowType.Enumeration enumeration -> constants(type).stream().findFirst().map(Json::of);
      case FlowType.RecordShape(List<FlowType.Component> components) -> record(components);
      case FlowType.Sealed sealed -> Optional.empty();
      case FlowType.Array(FlowType component) -> json(component).map(one -> Json.of(List.of(one)));
      case FlowType.Declared declared ->
          type.argumentOf(List.class)
              .map(element -> json(element).map(one -> Json.of(List.of(one))))
              .orElseGet(
                  () ->
                      Optional.ofNullable(KNOWN.get(declared.qualifiedName()))
                          .map(known -> Json.of(known.example())));
    };
  }

  private static Optional<Json> record(List<FlowType.Component> components) {
    Json.Builder members = Json.object();
    for (FlowType.Component component : components) {
      Optional<Json> value = json(component.type());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      members.put(component.name(), value.get());
    }
    return Optional.of(members.build());
  }

  /** The members of a record with their types: {@code {"low": int, "high": int}}; else empty. */
  public static Optional<String> members(FlowType type) {
    return type.shape() instanceof FlowType.RecordShape(List<FlowType.Component> components)
        ? Optional.of(
            components.stream()
                .map(member -> "\"%s\": %s".formatted(member.name(), member.type().display()))
                .collect(Collectors.joining(", ", "{", "}")))
        : Optional.empty();
  }

  /** A value as a person would type it: a text bare, anything else as JSON. */
  public static String typed(Json value) {
    return value instanceof Json.Str(String text) ? text : value.text();
  }
}
