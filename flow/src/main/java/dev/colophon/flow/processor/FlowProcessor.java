package dev.colophon.flow.processor;

import dev.colophon.flow.Flow;
import dev.colophon.flow.Param;
import dev.colophon.flow.Step;
import dev.colophon.flow.graph.CheckedFlow;
import dev.colophon.flow.graph.FlowChecker;
import dev.colophon.flow.graph.Problem;
import java.lang.annotation.Annotation;
import java.lang.annotation.AnnotationTypeMismatchException;
import java.lang.annotation.IncompleteAnnotationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Checks flows while they are compiled: each problem is an error of the compiler at the element
 * that is wrong. Makes no files, claims no annotation, and leaves a class alone that names types
 * which the compiler can't find. Flows are looked at when all other processors have done their
 * work.
 */
public final class FlowProcessor extends AbstractProcessor {
  private static final List<Class<? extends Annotation>> MARKS =
      List.of(Flow.class, Step.class, Param.class);

  /** Qualified, since each round has elements of its own. */
  private final Set<String> flows = new LinkedHashSet<>();

  /** For the compiler, which makes it by reflection. */
  public FlowProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(Flow.class.getName(), Step.class.getName(), Param.class.getName());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Class<? extends Annotation> mark : MARKS) {
      for (Element element : round.getElementsAnnotatedWith(mark)) {
        var owner = element instanceof TypeElement ? element : element.getEnclosingElement();
        if (owner instanceof TypeElement type) {
          flows.add(type.getQualifiedName().toString());
        }
      }
    }
    if (round.processingOver()) {
      flows.forEach(this::check);
    }
    return false;
  }

  private void check(String name) {
    var element = processingEnv.getElementUtils().getTypeElement(name);
    if (element == null) {
      return;
    }
    try {
      check(element);
    } catch (IncompleteAnnotationException | AnnotationTypeMismatchException e) {
      // The compiler reports the annotation itself, when all processors are done.
      return;
    } catch (RuntimeException e) {
      // A processor that throws ends the compiler with a stack trace instead of the author's
      // errors.
      report("flow %s could not be checked: %s".formatted(name, e), element);
    }
  }

  private void check(TypeElement element) {
    var source =
        new SourceFlow(element, processingEnv.getTypeUtils(), processingEnv.getElementUtils());
    var declaration = source.read();
    if (!source.isBroken()
        && FlowChecker.check(declaration) instanceof CheckedFlow.Refused(List<Problem> problems)) {
      for (Problem problem : problems) {
        report(problem.message(), source.place(problem.position()));
      }
    }
  }

  private void report(String message, Element at) {
    processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, at);
  }
}
