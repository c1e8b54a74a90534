package dev.colophon.flow.run;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.Failure;
import dev.colophon.flow.SecretValue;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.SecretArgument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The secrets that the steps of a run ask for, and what hides them in what is recorded. Immutable.
 */
public final class GivenSecrets {
  /** Those of a flow that asks for none. */
  public static final GivenSecrets NONE = new GivenSecrets(Map.of());

  /** As {@link Redaction} looks for them. */
  private final List<byte[]> spellings;

  private final Map<String, SecretValue> values;

  /**
   * @param values by name, none of them empty
   */
  public GivenSecrets(Map<String, SecretValue> values) {
    this.values = Map.copyOf(values);
    this.spellings = Spellings.of(values.values());
  }

  /** Names of the secrets that a flow's steps ask for. */
  public static SortedSet<String> namesIn(FlowGraph graph) {
    SortedSet<String> names = new TreeSet<>();
    graph.steps().stream()
        .flatMap(step -> step.arguments().stream())
        .forEach(
            argument -> {
              if (argument instanceof SecretArgument secret) {
                names.add(secret.secret());
              }
            });
    return names;
  }

  /**
   * What a step is given that asks for one.
   *
   * @throws Invalid if it was not given to this run
   */
  Object give(SecretArgument argument) {
    SecretValue value =
        Optional.ofNullable(values.get(argument.secret()))
            .orElseThrow(
                () ->
                    new Invalid(
                        "secret \"%s\": not given to this run".formatted(argument.secret())));
    return switch (argument.type().display()) {
      case "String" -> value.reveal();
      case "char[]" -> value.chars();
      default -> value;
    };
  }

  /** What hides them in one stream of bytes. */
  Redaction redaction() {
    return new Redaction(spellings);
  }

  /** The text with stars in the place of each secret. */
  String hidden(String text) {
    if (spellings.isEmpty()) {
      return text;
    }
    List<byte[]> parts = new ArrayList<>();
    Redaction redaction = redaction();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Redaction.Target target =
        (from, offset, length) -> parts.add(Arrays.copyOfRange(from, offset, offset + length));
    redaction.next(bytes, 0, bytes.length, target);
    redaction.end(target);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toString(StandardCharsets.UTF_8);
  }

  Failure hidden(Failure failure) {
    return spellings.isEmpty()
        ? failure
        : new Failure(failure.type(), hidden(failure.message()), hidden(failure.trace()));
  }

  /**
   * Looks through what is about to be stored; nothing of it is, if it holds one of them.
   *
   * @throws Invalid naming the secret that the content holds as it is, or as JSON writes it
   */
  void refuseIn(ArtifactStore.Writer content) throws IOException {
    if (!values.isEmpty()) {
      content.writeTo(new SecretSearch(values));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GivenSecrets given && given.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Only the names: the secrets stay hidden. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
