package dev.colophon.core.model;

import dev.colophon.core.Artifact;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Models, versions and alias moves as the JSON that commands print (docs/formats/cli.md). Moments
 * are ISO 8601 in UTC; what is not known is left out.
 */
public final class ModelJson {
  private ModelJson() {}

  public static Json toJson(ModelRecord model) {
    return members(model).build();
  }

  /** The members of {@link #toJson(ModelRecord)}, for a document that goes on. */
  public static Json.Builder members(ModelRecord model) {
    Json.Builder aliases = Json.object();
    model.aliases().forEach((alias, number) -> aliases.put(alias.text(), number));
    return Json.object()
        .put("name", model.name().text())
        .put("createdAt", model.createdAt().toString())
        .put("latest", model.latest())
        .put("latestAt", model.latestAt().toString())
        .put("aliases", aliases.build());
  }

  /** A page of models. */
  public static Json page(List<ModelRecord> models, Optional<String> next) {
    return Json.object()
        .put("models", Json.of(models.stream().map(ModelJson::toJson).toList()))
        .putIfPresent("next", next)
        .build();
  }

  /** A version with the aliases that name it now. */
  public static Json toJson(VersionRecord version, List<Name> aliases) {
    Json.Builder metrics = Json.object();
    version.metrics().forEach(metrics::put);
    Json.Builder tags = Json.object();
    version.tags().forEach(tags::put);
    return Json.object()
        .put("name", version.id().model().text())
        .put("version", version.id().number())
        .put("aliases", Json.ofStrings(aliases.stream().map(Name::text).toList()))
        .put("artifact", artifact(version.artifact()).put("codec", version.codec()).build())
        .put("createdAt", version.createdAt().toString())
        .put("by", version.by())
        .put("run", version.madeBy().run().toString())
        .put("task", version.madeBy().toString())
        .putIfPresent("description", version.description())
        .put("metrics", metrics.build())
        .put("tags", tags.build())
        .build();
  }

  /** Digest, size and kind of an artifact. */
  public static Json.Builder artifact(Artifact artifact) {
    return Json.object()
        .put("digest", artifact.digest().hex())
        .put("sizeBytes", artifact.sizeBytes())
        .put("kind", artifact instanceof Artifact.Tree ? "tree" : "blob");
  }

  /** Name and number of a model version. */
  public static Json toJson(VersionId version) {
    return Json.object()
        .put("name", version.model().text())
        .put("version", version.number())
        .build();
  }

  public static Json toJson(AliasMove move) {
    Json.Builder json =
        Json.object()
            .put("name", move.alias().model().text())
            .put("alias", move.alias().alias().text());
    move.from().ifPresent(from -> json.put("from", from));
    return json.put("to", move.to())
        .put("at", move.at().toString())
        .put("by", move.by())
        .putIfPresent("why", Optional.of(move.why()).filter(why -> !why.isEmpty()))
        .build();
  }
}
