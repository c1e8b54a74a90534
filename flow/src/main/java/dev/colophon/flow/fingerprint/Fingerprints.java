package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.code.CacheFile;
import dev.colophon.flow.graph.FlowGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the fingerprints of the steps of flows (docs/formats/fingerprints.md). Class files are only
 * read, nothing of them runs. Thread-safe; several processes may share the cache.
 */
public final class Fingerprints {
  private final List<Path> classes;
  private final List<Path> libraries;
  private final Path cache;
  private final InstantSource clock;

  /**
   * @param classes jars and folders of the author's own classes, in class path order
   * @param libraries jars of libraries, in class path order; one that holds the flow class counts
   *     as the author's, and Colophon's own don't count
   * @param cache folder for what was learned earlier; may be lost at any time
   */
  public Fingerprints(List<Path> classes, List<Path> libraries, Path cache, InstantSource clock) {
    this.classes = absolute(classes);
    this.libraries = absolute(libraries);
    this.cache = cache;
    this.clock = clock;
  }

  private static List<Path> absolute(List<Path> paths) {
    return paths.stream().map(Path::toAbsolutePath).map(Path::normalize).toList();
  }

  /**
   * The fingerprint of each step of a flow.
   *
   * @param graph of the flow class
   * @param flow its class, whose loader is asked about types that are not the author's
   * @throws Invalid if the flow class is not on the class path, or a class file can't be understood
   * @throws dev.colophon.core.error.ColophonException.Unavailable if a file can't be read
   */
  public Map<Name, StepPrint> of(FlowGraph graph, Class<?> flow) {
    var now = clock.instant();
    try (var files = new ClassPathFiles(classes, libraries, flow.getName())) {
      var kept = new KeptPrints(cache.resolve("prints"), name(flow));
      var stamps = Stamps.of(files, graph, now);
      return kept.find(stamps.all())
          .map(found -> remembered(found, kept, graph, flow))
          .orElseGet(() -> find(files, graph, flow, stamps, now, kept));
    }
  }

  /** Name of the cache files of a flow on this class path, whatever its jars are called. */
  private String name(Class<?> flow) {
    List<String> homes =
        Stream.concat(classes.stream(), libraries.stream())
            .map(entry -> Files.isDirectory(entry) ? entry : entry.resolveSibling("")) // its folder
            .map(Path::toString)
            .distinct()
            .toList();
    return Digest.of(flow.getName() + " " + homes).hex();
  }

  private Map<Name, StepPrint> find(
      ClassPathFiles files,
      FlowGraph graph,
      Class<?> flow,
      Stamps stamps,
      Instant now,
      KeptPrints kept) {
    var memory = new FactsMemory(cache.resolve("facts").resolve(name(flow)), now);
    var found =
        mended(files, flow, stamps, memory, kept)
            .orElseGet(
                () -> {
                  var jars = new JarMemory(new CacheFile(cache.resolve("jars")), now);
                  var anew = new Search(files, memory, jars, flow).find(graph);
                  jars.save();
                  return anew;
                });
    var saving =
        CompletableFuture.runAsync(
            () -> {
              memory.save();
              stamps.state(memory.content(true)).ifPresent(state -> kept.keep(state, found));
            });
    Map<Name, StepPrint> made =
        found.places().entrySet().parallelStream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, each -> print(found.ranking(), each.getValue())));
    Map<Name, StepPrint> prints = new LinkedHashMap<>();
    found.places().keySet().forEach(step -> prints.put(step, made.get(step)));
    saving.join();
    kept.keep(stamps.all(), prints);
    return prints;
  }

  /** What was found last, if the edits since then were such that it can be mended. */
  private static Optional<Found> mended(
      ClassPathFiles files, Class<?> flow, Stamps stamps, FactsMemory memory, KeptPrints kept) {
    var mended =
        stamps
            .state(memory.content(false))
            .flatMap(kept::parts)
            .flatMap(
                before ->
                    new Patch(new Author(files.files()), memory, flow.getName().replace('.', '/'))
                        .apply(before));
    if (mended.isPresent()) {
      memory.wantAll();
    }
    return mended;
  }

  private static StepPrint print(Ranking ranking, BitSet places) {
    return print(
        ranking.digest(places),
        ranking.names(places, Kind.PARAMETER),
        ranking.names(places, Kind.ASKS),
        () -> ranking.fingerprint(places));
  }

  private static StepPrint print(
      Digest digest,
      SortedSet<String> parameters,
      SortedSet<String> asks,
      Supplier<Fingerprint> fingerprint) {
    return new StepPrint(
        digest,
        parameters,
        asks.contains(Fingerprint.AS_OF),
        asks.contains(Fingerprint.ID),
        fingerprint);
  }

  private Map<Name, StepPrint> remembered(
      Map<Name, KeptPrints.Kept> found, KeptPrints kept, FlowGraph graph, Class<?> flow) {
    Map<Name, StepPrint> prints = new LinkedHashMap<>();
    found.forEach(
        (step, each) ->
            prints.put(
                step,
                print(
                    each.digest(),
                    each.parameters(),
                    each.asks(),
                    () ->
                        kept.fingerprint(step, each.digest())
                            .orElseGet(() -> again(graph, flow, step, each.digest())))));
    return prints;
  }

  /** The parts of a step whose digest is known already. */
  private Fingerprint again(FlowGraph graph, Class<?> flow, Name step, Digest digest) {
    var now = clock.instant();
    try (var files = new ClassPathFiles(classes, libraries, flow.getName())) {
      var memory = new FactsMemory(cache.resolve("facts").resolve(name(flow)), now);
      var jars = new JarMemory(new CacheFile(cache.resolve("jars")), now);
      var search = new Search(files, memory, jars, flow);
      var found = search.find(graph);
      var fingerprint =
          found.ranking().fingerprint(found.places().getOrDefault(step, new BitSet()));
      if (!fingerprint.digest().equals(digest)) {
        throw new Conflict(
            "code of step \"%s\": expected fingerprint %s, found %s; class files changed meanwhile, run again"
                .formatted(step, digest.abbreviated(), fingerprint.digest().abbreviated()));
      }
      return fingerprint;
    }
  }
}
