package dev.colophon.flow.processor;

import dev.colophon.flow.Flow;
import dev.colophon.flow.graph.CheckedFlow;
import dev.colophon.flow.graph.FlowChecker;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Checks a flow's source as the processor does, and tells the outcome while its types are valid.
 */
public final class GraphOfSource extends AbstractProcessor {
  private final Function<CheckedFlow, String> teller;
  private Optional<String> told = Optional.empty();

  public GraphOfSource(Function<CheckedFlow, String> teller) {
    this.teller = teller;
  }

  /** What the teller said of the only flow. */
  public String told() {
    return told.orElseThrow();
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(Flow.class.getName());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (var flow : round.getElementsAnnotatedWith(Flow.class)) {
      if (flow instanceof TypeElement type) {
        var source =
            new SourceFlow(type, processingEnv.getTypeUtils(), processingEnv.getElementUtils());
        told = Optional.of(teller.apply(FlowChecker.check(source.read())));
      }
    }
    return false;
  }
}
