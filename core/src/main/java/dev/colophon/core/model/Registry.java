package dev.colophon.core.model;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.NotFound;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Registered models, their versions and aliases. A version is made by {@link RunLog#commit},
 * together with the task that made it; here it is read, and aliases move. All methods may be called
 * from any thread and from several processes.
 */
public interface Registry {
  /**
   * All models, by name.
   *
   * @param after name of the last model of the page before
   */
  Page<ModelRecord> listModels(int limit, Optional<String> after);

  Optional<ModelRecord> findModel(Name model);

  /**
   * A model that must be there.
   *
   * @throws NotFound if there is no such model
   */
  default ModelRecord getModel(Name model) {
    return findModel(model)
        .orElseThrow(
            () ->
                new NotFound(
                    "model \"%s\": no such model; \"colophon models\" lists them"
                        .formatted(model)));
  }

  /**
   * Newest first.
   *
   * @param below only versions with a smaller number
   */
  List<VersionRecord> listVersions(Name model, int limit, OptionalInt below);

  Optional<VersionRecord> findVersion(VersionId version);

  /**
   * A version that must be there.
   *
   * @throws NotFound if there is no such version
   */
  default VersionRecord getVersion(VersionId version) {
    return findVersion(version)
        .orElseThrow(
            () ->
                new NotFound(
                    "model version %s: no such version; \"colophon model show %s\" lists them"
                        .formatted(version, version.model())));
  }

  Optional<VersionId> findAlias(AliasId alias);

  /** Versions whose bytes are any of these artifacts. */
  List<VersionId> versionsOf(Collection<Digest> artifacts);

  /**
   * Points an alias at a version, by compare-and-set, and appends the move to its history. Pointing
   * it where it points already changes nothing and returns the last move.
   *
   * @param expected what the alias must name now: a number; 0 for an alias that must not exist;
   *     empty for any
   * @throws NotFound if there is no such version
   * @throws Conflict if the alias names another version than expected
   */
  AliasMove point(AliasId alias, int to, OptionalInt expected, Instant at, String by, String why);

  /** All moves of all aliases of a model, newest first. */
  List<AliasMove> history(Name model);
}
