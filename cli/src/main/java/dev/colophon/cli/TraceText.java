package dev.colophon.cli;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.lineage.Node;
import dev.colophon.core.lineage.Node.Kind;
import dev.colophon.core.lineage.Trace;
import dev.colophon.core.run.RunState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trace as a tree for a person: what a thing came from stands below it, tasks of one step side by
 * side are one line, and what was shown is not shown again. Not thread-safe.
 */
final class TraceText {
  /** Levels after which the tree starts again at the left edge. */
  private static final int MAX_LEVELS = 24;

  private static final int MAX_DATASETS = 8;
  private static final int MAX_ORIGINS = 3;

  private final Screen screen;
  private final Set<String> shown = new HashSet<>();
  private final Deque<Group> later = new ArrayDeque<>();

  /** Nodes that are shown as one: tasks of one step, or a single node of another kind. */
  private record Group(String key, List<Node> nodes) {
    List<Node.Full> full() {
      return nodes.stream()
          .flatMap(node -> node instanceof Node.Full full ? Stream.of(full) : Stream.empty())
          .toList();
    }

    long size() {
      return nodes.stream().map(Node::id).distinct().count();
    }
  }

  TraceText(Screen screen) {
    this.screen = screen;
  }

  void write(Trace trace) {
    write(new Group(key(trace.root()), List.of(trace.root())));
    later.addAll(groups(trace.deeper()));
    while (!later.isEmpty()) {
      screen.line();
      write(later.poll());
    }
  }

  private void write(Group group) {
    screen.cut(label(group, Optional.empty()));
    writeBelow(group, "", 1);
  }

  private void writeBelow(Group group, String indent, int level) {
    shown.add(group.key());
    List<String> facts = facts(group);
    List<Group> below = below(group);
    for (int i = 0; i < facts.size(); i++) {
      boolean last = i == facts.size() - 1 && below.isEmpty();
      screen.cut(indent + (last ? "└ " : "├ ") + facts.get(i));
    }
    Optional<RunId> run = runOf(group);
    for (int i = 0; i < below.size(); i++) {
      boolean last = i == below.size() - 1;
      writeBranch(below.get(i), run, indent, last, level);
    }
  }

  private void writeBranch(
      Group group, Optional<RunId> below, String indent, boolean last, int level) {
    String line = indent + (last ? "└ " : "├ ") + label(group, below);
    if (group.full().isEmpty()) {
      screen.cut(line + screen.dim(shown.contains(group.key()) ? "   (above)" : "   (below)"));
    } else if (level == MAX_LEVELS) {
      screen.cut(line + screen.dim("   (below)"));
      later.add(group);
    } else {
      screen.cut(line);
      writeBelow(group, indent + (last ? "  " : "│ "), level + 1);
    }
  }

  private List<Group> below(Group group) {
    List<Node> parents = new ArrayList<>();
    for (Node.Full node : group.full()) {
      for (Node parent : node.parents()) {
        if (parent.kind() != Kind.DATASET || node.kind() == Kind.ARTIFACT) {
          parents.add(parent);
        }
      }
    }
    return groups(parents);
  }

  private static List<Group> groups(Collection<? extends Node> nodes) {
    Map<String, List<Node>> byKey = new LinkedHashMap<>();
    nodes.forEach(node -> byKey.computeIfAbsent(key(node), key -> new ArrayList<>()).add(node));
    return byKey.entrySet().stream()
        .map(named -> new Group(named.getKey(), named.getValue()))
        .toList();
  }

  private static String key(Node node) {
    return node.kind() == Kind.TASK ? step(node) : node.kind() + " " + node.id();
  }

  /** Run and step of a task: its id up to the third slash. */
  private static String step(Node node) {
    int step = node.id().indexOf('/', node.id().indexOf('/') + 1) + 1;
    int index = node.id().indexOf('/', step);
    return index < 0 ? node.id() : node.id().substring(0, index);
  }

  /** The run that need not be named again below this group. */
  private static Optional<RunId> runOf(Group group) {
    return group.full().stream()
        .filter(node -> node.kind() != Kind.MODEL_VERSION)
        .flatMap(node -> node.facts().stream())
        .map(Node.Facts::run)
        .findFirst();
  }

  private List<String> facts(Group group) {
    List<String> lines = new ArrayList<>();
    for (Node.Full node : group.full()) {
      if (node.kind() == Kind.MODEL_VERSION || node.source().isEmpty()) {
        continue;
      }
      Node.Source source = node.source().get();
      lines.add("code    " + Show.code(source.code()));
      lines.add("params  " + Show.parameters(source.parameters()));
      node.datasets().stream().limit(MAX_DATASETS).map(TraceText::data).forEach(lines::add);
      if (node.datasets().size() > MAX_DATASETS) {
        lines.add("data    … and %d more".formatted(node.datasets().size() - MAX_DATASETS));
      }
    }
    return lines;
  }

  private static String data(Node.Data data) {
    String size =
        data.sizeBytes().isPresent() ? "   " + Show.bytes(data.sizeBytes().getAsLong()) : "";
    return "data    " + data.name() + "   " + Show.digest(data.digest()) + size;
  }

  private String label(Group group, Optional<RunId> below) {
    Node first = group.nodes().getFirst();
    Optional<Node.Facts> facts = group.full().stream().findFirst().flatMap(Node.Full::facts);
    return switch (first.kind()) {
      case MODEL_VERSION ->
          screen.bold("model " + first.id().replace("@", " version "))
              + digest(first)
              + made(facts);
      case RUN ->
          screen.bold("run " + first.id())
              + facts
                  .flatMap(Node.Facts::state)
                  .map(state -> "   " + screen.state(state))
                  .orElse("")
              + made(facts)
              + took(group);
      case STEP, TASK -> task(group, below, facts);
      case ARTIFACT -> screen.bold("artifact " + first.id());
      case DATASET ->
          "data "
              + first.id()
              + digest(first)
              + facts.map(f -> "   captured by " + f.run() + ", " + screen.time(f.at())).orElse("");
    };
  }

  private String task(Group group, Optional<RunId> below, Optional<Node.Facts> facts) {
    Node first = group.nodes().getFirst();
    boolean sameRun = below.isPresent() && first.id().startsWith(below.get() + "/");
    String id = group.size() == 1 ? first.id() : step(first);
    int step = id.indexOf('/', id.indexOf('/') + 1);
    String name =
        sameRun
            ? id.substring(step + 1)
            : "run " + id.substring(0, step) + " step " + id.substring(step + 1);
    String many = group.size() == 1 ? "" : " ×" + Show.count(group.size());
    String when = sameRun ? "" : made(facts);
    return (below.isEmpty() ? screen.bold(name + many) : name + many)
        + when
        + took(group)
        + reused(group)
        + trouble(group);
  }

  /** {@code reused from Again/1/sum}, or the runs of the origins. */
  private static String reused(Group group) {
    List<TaskId> origins =
        group.full().stream()
            .flatMap(node -> node.facts().stream())
            .flatMap(facts -> facts.origin().stream())
            .toList();
    if (origins.isEmpty()) {
      return "";
    }
    if (group.size() == 1) {
      return "   reused from " + origins.getFirst();
    }
    String steps =
        origins.stream()
            .map(origin -> origin.stepId().toString())
            .distinct()
            .limit(MAX_ORIGINS)
            .collect(Collectors.joining(", "));
    return (origins.size() == group.size() ? "   " : "   " + Show.count(origins.size()) + " ")
        + "reused from "
        + steps;
  }

  private String made(Optional<Node.Facts> facts) {
    return facts.map(made -> "   " + screen.time(made.at()) + "   by " + made.by()).orElse("");
  }

  /** How many of the tasks did not complete, by state. */
  private String trouble(Group group) {
    Map<RunState, Long> states = new EnumMap<>(RunState.class);
    group.full().stream()
        .flatMap(node -> node.facts().stream())
        .flatMap(facts -> facts.state().stream())
        .filter(state -> state != RunState.COMPLETED)
        .forEach(state -> states.merge(state, 1L, Long::sum));
    return states.entrySet().stream()
        .map(
            named ->
                (group.size() == 1 ? "   " : "   " + Show.count(named.getValue()) + " ")
                    + screen.state(named.getKey()))
        .collect(Collectors.joining());
  }

  private static String digest(Node node) {
    return node.digest().map(digest -> "   " + Show.digest(digest)).orElse("");
  }

  private static String took(Group group) {
    Optional<Duration> sum =
        group.full().stream()
            .flatMap(node -> node.facts().stream())
            .flatMap(facts -> facts.took().stream())
            .reduce(Duration::plus);
    return sum.map(took -> "   " + Show.took(took) + (group.size() == 1 ? "" : " in all"))
        .orElse("");
  }
}
