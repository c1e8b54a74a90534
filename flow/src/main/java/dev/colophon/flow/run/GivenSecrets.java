package dev.colophon.flow.run;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.Failure;
import dev.colophon.flow.SecretValue;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.SecretArgument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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

  Handover handover(SecretArgument argument) {
    SecretValue value =
        Optional.ofNullable(values.get(argument.secret()))
            .orElseThrow(
                () ->
                    new Invalid(
                        "secret \"%s\": not given to this run".formatted(argument.secret())));
    return new Handover.Confided(
        value,
        switch (argument.type().display()) {
          case "String" -> Handover.SecretForm.TEXT;
          case "char[]" -> Handover.SecretForm.CHARACTERS;
          default -> Handover.SecretForm.VALUE;
        });
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
   * @throws Invalid if small content that a step leaves behind holds a secret as it is
   */
  void refuseIn(Collection<byte[]> contents, Name step) {
    if (values.isEmpty()) {
      return;
    }
    values.forEach(
        (name, value) -> {
          List<byte[]> own = Spellings.whole(value);
          if (contents.stream().anyMatch(bytes -> own.stream().anyMatch(s -> isIn(bytes, s)))) {
            throw new Invalid(
                "step \"%s\" returned the secret \"%s\", or a value that holds it, and secrets are never stored; return what it was used for instead"
                    .formatted(step, name));
          }
        });
  }

  private static boolean isIn(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
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
