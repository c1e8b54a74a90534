package dev.colophon.flow.fingerprint;

import dev.colophon.core.Name;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the parts of all steps of a flow. Used once, by one thread. */
final class Search {
  private final Author author;
  private final FactsMemory memory;
  private final Universe universe;
  private final String flowName;

  Search(ClassPathFiles files, FactsMemory memory, JarMemory jars, Class<?> flow) {
    this.author = new Author(files.files());
    this.memory = memory;
    this.flowName = flow.getName().replace('.', '/');
    this.universe =
        new Universe(
            name -> author.find(name).map(memory::facts),
            Optional.ofNullable(flow.getClassLoader())
                .orElseGet(ClassLoader::getPlatformClassLoader),
            new Libraries(files.libraries(), jars),
            new Leaks(flowName, author::read));
  }

  Found find(FlowGraph graph) {
    Map<Name, BitSet> numbers = reached(graph);
    var parts = universe.parts();
    int[] inOrder = parts.inOrder();
    int[] placeOf = new int[inOrder.length];
    List<Part> sorted = new ArrayList<>(inOrder.length);
    for (int number : inOrder) {
      var part = parts.get(number);
      if (sorted.isEmpty() || !sorted.getLast().equals(part)) {
        sorted.add(part);
      }
      placeOf[number] = sorted.size() - 1;
    }
    Map<Name, BitSet> places = new LinkedHashMap<>();
    numbers.forEach((step, own) -> places.put(step, Ranking.places(own, placeOf)));
    return new Found(Ranking.of(sorted), places);
  }

  private Map<Name, BitSet> reached(FlowGraph graph) {
    readAhead();
    var flow =
        universe
            .find(flowName)
            .orElseThrow(() -> new IllegalStateException(flowName + " was there a moment ago"));
    Map<Name, BitSet> reached = new LinkedHashMap<>();
    for (StepNode step : graph.steps()) {
      var method = method(flow, step);
      var parts = new Reach(universe, author, flow).of(method);
      parts.set(universe.parts().number(arguments(step, method)));
      reached.put(step.name(), parts);
    }
    return reached;
  }

  /** Reads all classes that the flow may reach, several at once. */
  private void readAhead() {
    Set<String> seen = new HashSet<>(Set.of(flowName));
    List<String> open = List.of(flowName);
    while (!open.isEmpty()) {
      List<ClassFacts> facts =
          (open.size() > 1 ? open.parallelStream() : open.stream())
              .flatMap(name -> author.find(name).stream())
              .map(memory::facts)
              .toList();
      Set<String> next = new LinkedHashSet<>();
      for (ClassFacts each : facts) {
        next.add(each.superName());
        next.addAll(each.interfaces());
        next.addAll(each.permitted());
        next.addAll(each.componentTypes());
        each.methods().forEach(method -> method.refs().forEach(ref -> next.add(ref.owner())));
      }
      open = new ArrayList<>();
      for (String name : next) {
        if (author.find(name).isPresent() && seen.add(name)) {
          open.add(name);
        }
      }
    }
  }

  private static MethodNode method(ClassNode flow, StepNode step) {
    for (MethodNode method : flow.methods()) {
      var facts = method.facts();
      var name = facts.step().filter(given -> !given.isEmpty()).orElse(facts.name());
      if (facts.step().isPresent() && !facts.isSynthetic() && name.equals(step.name().text())) {
        return method;
      }
    }
    throw new Invalid(
        "step \"%s\": class file of %s has no such step; compile it again"
            .formatted(step.name(), flow.readable()));
  }

  /** How a step's arguments are wired: code knows them by position only. */
  private static Part arguments(StepNode step, MethodNode method) {
    var text = new CanonicalText();
    text.text(method.facts().signature());
    for (FlowGraph.Argument argument : step.arguments()) {
      text.text(argument.name());
      text.text(
          switch (argument) {
            case FlowGraph.StepArgument from -> from.gather() + " " + from.wrapping();
            case FlowGraph.DatasetArgument from -> from.many() ? "datasets" : "dataset";
            case FlowGraph.ParamArgument from -> "parameter";
            case FlowGraph.ElementArgument from -> "element";
            case FlowGraph.SecretArgument from -> "secret " + from.secret();
            case FlowGraph.ContextArgument from -> "context";
            case FlowGraph.RandomArgument from -> "random";
          });
    }
    return new Part(Kind.ARGUMENTS, step.name().text(), text.digest());
  }
}
