package dev.colophon.testkit;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.model.AliasMove;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.model.Registry;
import dev.colophon.core.model.VersionRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The registry of a {@link MemoryCatalog}. */
final class MemoryRegistry implements Registry {
  private final MemoryRecords records;

  MemoryRegistry(MemoryRecords records) {
    this.records = records;
  }

  @Override
  public Page<ModelRecord> listModels(int limit, Optional<String> after) {
    checkLimit(limit);
    synchronized (records) {
      List<ModelRecord> later =
          records.versions().entrySet().stream()
              .filter(model -> model.getKey().text().compareTo(after.orElse("")) > 0)
              .map(model -> record(model.getKey(), model.getValue()))
              .toList();
      return later.size() <= limit
          ? new Page<>(later, Optional.empty())
          : new Page<>(later.subList(0, limit), Optional.of(later.get(limit - 1).name().text()));
    }
  }

  private static void checkLimit(int limit) {
    if (limit < 1) {
      throw new Invalid("limit %d: expected 1 or more".formatted(limit));
    }
  }

  private ModelRecord record(Name name, List<VersionRecord> versions) {
    SortedMap<Name, Integer> aliases = new TreeMap<>();
    records.moves().stream()
        .filter(move -> move.alias().model().equals(name))
        .forEach(move -> aliases.put(move.alias().alias(), move.to()));
    VersionRecord last = versions.getLast();
    return new ModelRecord(
        name, versions.getFirst().createdAt(), last.id().number(), last.createdAt(), aliases);
  }

  private List<VersionRecord> versions(Name model) {
    return records.versions().getOrDefault(model, List.of());
  }

  @Override
  public Optional<ModelRecord> findModel(Name model) {
    synchronized (records) {
      List<VersionRecord> versions = versions(model);
      return versions.isEmpty() ? Optional.empty() : Optional.of(record(model, versions));
    }
  }

  @Override
  public List<VersionRecord> listVersions(Name model, int limit, OptionalInt below) {
    checkLimit(limit);
    synchronized (records) {
      return versions(model).reversed().stream()
          .filter(version -> version.id().number() < below.orElse(Integer.MAX_VALUE))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Optional<VersionRecord> findVersion(VersionId version) {
    synchronized (records) {
      return versions(version.model()).stream()
          .filter(known -> known.id().equals(version))
          .findFirst();
    }
  }

  @Override
  public Optional<VersionId> findAlias(AliasId alias) {
    synchronized (records) {
      return lastMove(alias).map(move -> new VersionId(alias.model(), move.to()));
    }
  }

  private Optional<AliasMove> lastMove(AliasId alias) {
    return records.moves().reversed().stream()
        .filter(move -> move.alias().equals(alias))
        .findFirst();
  }

  @Override
  public List<VersionId> versionsOf(Collection<Digest> artifacts) {
    Set<Digest> asked = new HashSet<>(artifacts);
    synchronized (records) {
      return records.versions().values().stream()
          .flatMap(List::stream)
          .filter(version -> asked.contains(version.artifact().digest()))
          .map(VersionRecord::id)
          .toList();
    }
  }

  @Override
  public AliasMove point(
      AliasId alias, int to, OptionalInt expected, Instant at, String by, String why) {
    synchronized (records) {
      getVersion(new VersionId(alias.model(), to));
      Optional<AliasMove> last = lastMove(alias);
      int found = last.map(AliasMove::to).orElse(0);
      if (expected.isPresent() && expected.getAsInt() != found) {
        throw new Conflict(
            "alias \"%s\" of model \"%s\": expected version %d, found %d"
                .formatted(alias.alias(), alias.model(), expected.getAsInt(), found));
      }
      if (last.isPresent() && found == to) {
        return last.get();
      }
      OptionalInt from = found == 0 ? OptionalInt.empty() : OptionalInt.of(found);
      AliasMove move = new AliasMove(alias, from, to, at, by, why);
      records.moves().add(move);
      return move;
    }
  }

  @Override
  public List<AliasMove> history(Name model) {
    synchronized (records) {
      return records.moves().reversed().stream()
          .filter(move -> move.alias().model().equals(model))
          .toList();
    }
  }
}
