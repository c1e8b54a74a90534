package dev.colophon.core.lineage;

import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunJson;
import java.util.List;

/**
 * Where something came from, back to code, data and parameters.
 *
 * @param root what was asked for
 * @param deeper nodes whose place is more than {@link #MAX_DEPTH} levels below the root: there they
 *     are {@link Node.Elsewhere}
 */
public record Trace(Node.Full root, List<Node.Full> deeper) {
  /**
   * Levels that nodes are nested at most. Two JSON levels a node stay below the 500 that common
   * readers accept.
   */
  public static final int MAX_DEPTH = 200;

  public Trace {
    deeper = List.copyOf(deeper);
  }

  /** The root as a nested document (docs/formats/cli.md, "trace"). */
  public Json toJson() {
    Json.Builder json = members(root);
    if (!deeper.isEmpty()) {
      json.put("deeper", Json.of(deeper.stream().map(node -> members(node).build()).toList()));
    }
    return json.build();
  }

  private static Json toJson(Node node) {
    return switch (node) {
      case Node.Full full -> members(full).build();
      case Node.Elsewhere elsewhere -> identity(elsewhere).put("seen", true).build();
    };
  }

  private static Json.Builder identity(Node node) {
    Json.Builder json = Json.object().put("kind", node.kind().text()).put("id", node.id());
    node.digest().ifPresent(digest -> json.put("digest", digest.hex()));
    return json;
  }

  private static Json.Builder members(Node.Full node) {
    Json.Builder json = identity(node);
    node.facts().ifPresent(facts -> put(facts, json));
    node.source()
        .ifPresent(
            source ->
                json.put("code", RunJson.summary(source.code()))
                    .put("parameters", RunJson.parameters(source.parameters())));
    return json.put("datasets", Json.of(node.datasets().stream().map(Trace::toJson).toList()))
        .put("parents", Json.of(node.parents().stream().map(Trace::toJson).toList()));
  }

  private static void put(Node.Facts facts, Json.Builder json) {
    json.put("createdAt", facts.at().toString())
        .put("by", facts.by())
        .put("run", facts.run().toString());
    facts.step().ifPresent(step -> json.put("step", step.text()));
    facts.state().ifPresent(state -> json.put("state", state.text()));
    facts.origin().ifPresent(origin -> json.put("origin", origin.toString()));
    facts.took().ifPresent(took -> json.put("seconds", RunJson.seconds(took)));
  }

  private static Json toJson(Node.Data data) {
    Json.Builder json = Json.object().put("name", data.name()).put("digest", data.digest().hex());
    data.sizeBytes().ifPresent(size -> json.put("sizeBytes", size));
    return json.build();
  }
}
