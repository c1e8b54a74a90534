package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads YAML 1.2 as far as JSON reaches: {@code no} and {@code 2013-04} are texts. Nothing of it
 * ever names a class.
 */
final class YamlText {
  /** Values that a document may hold, those counted anew that it repeats by their anchors. */
  private static final int MOST_VALUES = 100_000;

  private final String shown;
  private final Map<List<String>, Integer> lines = new HashMap<>();
  private int values;

  private YamlText(String shown) {
    this.shown = shown;
  }

  static Document read(String shown, String text) {
    YamlText yaml = new YamlText(shown);
    try {
      Node root =
          new Compose(LoadSettings.builder().setLabel(shown).build())
              .composeString(text)
              .orElseThrow(() -> new Invalid("%s: it is empty".formatted(shown)));
      if (root instanceof MappingNode mapping) {
        return new Document(shown, yaml.mapping(mapping, List.of(), true), yaml.lines);
      }
      throw new Invalid("%s: expected names with values, such as \"months: 6\"".formatted(shown));
    } catch (MarkedYamlEngineException e) {
      throw new Invalid(
          "%s: %s"
              .formatted(
                  e.getProblemMark().map(mark -> shown + ":" + (mark.getLine() + 1)).orElse(shown),
                  String.valueOf(e.getProblem())),
          e);
    } catch (YamlEngineException e) {
      throw new Invalid("%s: %s".formatted(shown, e.getMessage()), e);
    }
  }

  private Json.Obj mapping(MappingNode mapping, List<String> names, boolean addressable) {
    Json.Builder members = Json.object();
    Set<String> seen = new HashSet<>();
    for (NodeTuple member : mapping.getValue()) {
      if (!(member.getKeyNode() instanceof ScalarNode key)) {
        throw refusal(member.getKeyNode(), "a name has to be a text");
      }
      String name = key.getValue();
      if (!seen.add(name)) {
        throw refusal(key, "\"%s\" is given twice; give it once".formatted(name));
      }
      List<String> own = new ArrayList<>(names);
      own.add(name);
      if (addressable) {
        lines.put(List.copyOf(own), line(key));
      }
      members.put(name, value(member.getValueNode(), own, addressable));
    }
    return members.build();
  }

  private Json value(Node node, List<String> names, boolean addressable) {
    if (node.isRecursive() || ++values > MOST_VALUES) {
      throw refusal(node, "it repeats itself without end, or holds more than 100,000 values");
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, names, addressable);
      case SequenceNode sequence ->
          Json.of(sequence.getValue().stream().map(item -> value(item, names, false)).toList());
      case ScalarNode scalar -> scalar(scalar);
      default -> throw refusal(node, "expected a value");
    };
  }

  private Json scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR)) {
      return Json.of(text);
    }
    if (tag.equals(Tag.BOOL)) {
      return Json.of(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.NULL)) {
      return new Json.Null();
    }
    if (tag.equals(Tag.INT)) {
      return new Json.Num(new BigInteger(text).toString());
    }
    if (tag.equals(Tag.FLOAT)) {
      return Json.of(number(text));
    }
    throw refusal(scalar, "tag %s: expected none".formatted(tag.getValue()));
  }

  private static double number(String text) {
    return switch (text) {
      case ".inf" -> Double.POSITIVE_INFINITY;
      case "-.inf" -> Double.NEGATIVE_INFINITY;
      case ".nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private Invalid refusal(Node node, String what) {
    return new Invalid("%s:%d: %s".formatted(shown, line(node), what));
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
