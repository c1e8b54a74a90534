package dev.colophon.flow.graph;

import dev.colophon.flow.graph.FlowType.Declared;
import dev.colophon.flow.graph.FlowType.Enumeration;
import dev.colophon.flow.graph.FlowType.Primitive;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Values without parts, which a word can spell. */
final class Scalar {
  /** Those that have an order, which Period and ZoneId lack. */
  private static final Set<String> TIMES =
      Set.of(
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime",
          "java.time.YearMonth",
          "java.time.Year",
          "java.time.MonthDay",
          "java.time.OffsetTime",
          "java.time.Duration",
          "java.time.ZoneOffset");

  private static final Set<String> OTHERS =
      Set.of(
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.net.URI",
          "java.time.Period",
          "java.time.ZoneId",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.OptionalDouble");

  private Scalar() {}

  /** Whether a map may have keys of this type. */
  static boolean isKey(FlowType type) {
    return switch (type.shape()) {
      case Primitive primitive -> !primitive.name().equals("void");
      case Enumeration enumeration -> true;
      case Declared declared ->
          declared.qualifiedName().equals("java.lang.String")
              || declared.qualifiedName().equals("java.util.UUID")
              || TIMES.contains(declared.qualifiedName());
      case FlowType.Array array -> false;
      case FlowType.RecordShape shape -> false;
      case FlowType.Sealed family -> false;
    };
  }

  static boolean isOne(FlowType type) {
    return isKey(type)
        || (type.shape() instanceof Declared declared && OTHERS.contains(declared.qualifiedName()));
  }

  /** Whether a person can give such a value as a parameter, as one word. */
  static boolean isWord(FlowType type) {
    return type.is(Path.class)
        || (isOne(type)
            && !(type.shape() instanceof Declared declared
                && declared.qualifiedName().startsWith("java.util.Optional")));
  }

  /**
   * Whether a person can give such a value as a parameter: a word, a record, or a list of either.
   */
  static boolean isGiven(FlowType type) {
    return isWordOrRecord(type)
        || type.argumentOf(List.class).filter(Scalar::isWordOrRecord).isPresent();
  }

  private static boolean isWordOrRecord(FlowType type) {
    return isWord(type)
        || (type.shape() instanceof FlowType.RecordShape && Storable.whyNot(type).isEmpty());
  }
}
