package dev.colophon.flow.run;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.model.VersionDraft;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.core.run.TaskKey;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Stored;
import dev.colophon.flow.graph.FlowGraph.SecretArgument;
import dev.colophon.flow.graph.FlowGraph.Wrapping;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one step: reads the inputs by value, calls the method, takes what it returns.
 * Runs in the task's thread.
 */
final class TaskCall implements Callable<TaskCall.Finished> {
  /**
   * A task whose step returned or threw.
   *
   * @param stored what it left behind, for the tasks that wait for it; a version has no value
   *     before its commit
   */
  record Finished(TaskEnd end, boolean usesStore, Optional<Stored> stored) {}

  private final RunScope scope;
  private final TaskNode node;
  private final List<Handover> handovers;
  private final Optional<TaskKey> key;
  private final TaskContents contents;
  private final TaskLog log;
  private final RunningTask context;
  private final List<Input> inputs;
  private volatile boolean stopped;

  TaskCall(RunScope scope, Claims.Prepared task) {
    this.scope = scope;
    this.node = task.node();
    this.handovers = task.handovers();
    this.key = task.key();
    this.inputs = Handover.inputs(handovers);
    this.contents = new TaskContents(scope.contents(), scope.secrets());
    this.log =
        new TaskLog(
            node.id(),
            1,
            scope.clock(),
            scope.secrets(),
            line -> scope.listener().taskPrinted(node.id(), line),
            scope.logs()::hasNews);
    this.context = new RunningTask(scope, node.id(), log);
  }

  /** Never throws: what the step throws, an {@link Error} included, is a failed attempt. */
  @Override
  public Finished call() {
    Instant startedAt = scope.clock().instant();
    PrintCapture.begin(log);
    try {
      Object returned = invoke();
      if (!stopped) {
        boolean unused = Thread.interrupted(); // a flag that the step left set is its own affair
      }
      Optional<TaskEnd.Result> result = result(returned);
      return finished(startedAt, RunState.COMPLETED, result, Optional.empty());
    } catch (InvocationTargetException e) {
      return failed(startedAt, e.getCause() == null ? e : e.getCause());
    } catch (Throwable e) { // whatever a step does, the run has to end in order
      return failed(startedAt, e);
    } finally {
      PrintCapture.end();
      cleanUp();
    }
  }

  /** From now on, a step that throws was stopped rather than failed. From any thread. */
  void stop() {
    stopped = true;
  }

  private Finished failed(Instant startedAt, Throwable thrown) {
    boolean unused = Thread.interrupted(); // what follows must not be disturbed by it
    return finished(
        startedAt,
        stopped ? RunState.CANCELLED : RunState.FAILED,
        Optional.empty(),
        Optional.of(scope.secrets().hidden(Failures.of(thrown))));
  }

  /**
   * The end of a task whose step will never return, as told by another thread: with its log, but
   * without what its own thread may be working on.
   */
  Finished abandoned(Instant startedAt, RunState state, Failure failure) {
    log.finishLines();
    return new Finished(end(startedAt, state, failure), false, Optional.empty());
  }

  /** The end of a task about which nothing more can be told. */
  Finished endedBy(Throwable thrown) {
    Failure failure = new Failure(thrown.getClass().getName(), "", "");
    Instant now = scope.clock().instant();
    return new Finished(end(now, RunState.FAILED, failure), false, Optional.empty());
  }

  private TaskEnd end(Instant startedAt, RunState state, Failure failure) {
    return new TaskEnd(
        node.id(),
        state,
        1,
        startedAt,
        scope.clock().instant(),
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.of(failure),
        Optional.empty(),
        key);
  }

  private Finished finished(
      Instant startedAt,
      RunState state,
      Optional<TaskEnd.Result> result,
      Optional<Failure> failure) {
    Optional<Stored> stored =
        result.flatMap(
            made ->
                made instanceof TaskEnd.Value value
                    ? Optional.of(new Stored(value.artifact(), value.codec(), value.fileName()))
                    : Optional.empty());
    TaskEnd end =
        new TaskEnd(
            node.id(),
            state,
            1,
            startedAt,
            scope.clock().instant(),
            inputs,
            result,
            state == RunState.COMPLETED ? contents.inline() : Map.of(),
            context.metrics(),
            failure,
            Optional.empty(),
            key);
    return new Finished(end, contents.usesStore(), stored);
  }

  private @Nullable Object invoke() throws IOException, ReflectiveOperationException {
    Object[] arguments = new Object[handovers.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = value(handovers.get(i));
    }
    return node.step().method().invoke(instance(), arguments);
  }

  private Object instance() throws ReflectiveOperationException {
    var constructor = scope.program().type().getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    for (Map.Entry<String, Object> parameter : scope.parameters().values().entrySet()) {
      Field field = scope.program().type().getDeclaredField(parameter.getKey());
      field.setAccessible(true);
      field.set(instance, parameter.getValue());
    }
    return instance;
  }

  private Object value(Handover handover) throws IOException {
    return switch (handover) {
      case Handover.Fixed(String argument, Object value) -> value;
      case Handover.Element element -> element(element);
      case Handover.One(String argument, TaskNode producer, Type type, Wrapping wrapping) ->
          read(argument, producer, type, wrapping, "i");
      case Handover.Many many -> many(many);
      case Handover.Files files -> files(files);
      case Handover.Confided(SecretArgument secret) -> scope.secrets().give(secret);
      case Handover.Context() -> context;
      case Handover.Random() -> TaskSeed.generator(scope.run().seed(), node.id());
    };
  }

  private Object element(Handover.Element element) throws IOException {
    Object value = element.list().elements().get(element.index());
    Type type = element.list().elementType();
    Codecs codecs = scope.contents().codecs();
    if (element.from().isEmpty() || codecs.isShareable(type)) {
      return value;
    }
    TaskContents copy = new TaskContents(scope.contents());
    return codecs.decode(
        type, codecs.encode(type, value, copy), copy, context.folder(element.argument() + "-e"));
  }

  private Object many(Handover.Many many) throws IOException {
    List<Object> values = new ArrayList<>(many.producers().size());
    for (TaskNode producer : many.producers()) {
      values.add(
          read(many.argument(), producer, many.type(), many.wrapping(), "i" + values.size()));
    }
    return List.copyOf(values);
  }

  private Object read(
      String argument, TaskNode producer, Type type, Wrapping wrapping, String place)
      throws IOException {
    Stored stored = producer.stored();
    boolean placesFiles = scope.contents().codecs().placesFiles(type);
    Path scratch = placesFiles ? context.folder(argument + "-" + place) : scope.scratch();
    return switch (wrapping) {
      case HANDLE -> new StoredHandle<>(producer.id(), type, stored, scope.contents(), scratch);
      case PLAIN -> scope.contents().read(producer.id(), type, stored, scratch);
      case OPTIONAL -> Optional.of(scope.contents().read(producer.id(), type, stored, scratch));
    };
  }

  private Object files(Handover.Files files) {
    List<Path> copies = files.files().stream().map(RunScope.CapturedFile::copy).toList();
    return files.many() ? copies : copies.getFirst();
  }

  private Optional<TaskEnd.Result> result(@Nullable Object returned) throws IOException {
    Type type = Types.of(node.step().node().result());
    if (type == void.class) {
      return Optional.empty();
    }
    if (returned == null) {
      throw new Invalid(
          "step \"%s\" returned null; return an Optional where there may be nothing"
              .formatted(node.step().node().name()));
    }
    if (returned instanceof NewVersion version) {
      return Optional.of(new TaskEnd.Registration(draft(version)));
    }
    Stored stored = encode(type, returned);
    return Optional.of(new TaskEnd.Value(stored.artifact(), stored.codec(), stored.fileName()));
  }

  private VersionDraft draft(NewVersion version) throws IOException {
    Stored model =
        switch (version.content()) {
          case StoredHandle<?> handle -> handle.stored();
          case Path path -> encode(Path.class, path);
          default -> encode(version.content().getClass(), version.content());
        };
    return new VersionDraft(
        scope.run().place().model(Name.of(version.model())),
        model.artifact(),
        model.codec(),
        version.description().map(scope.secrets()::hidden),
        new TreeMap<>(version.metrics()),
        hidden(version.tags()));
  }

  private SortedMap<String, String> hidden(Map<String, String> tags) {
    SortedMap<String, String> told = new TreeMap<>();
    tags.forEach(
        (name, text) -> told.put(scope.secrets().hidden(name), scope.secrets().hidden(text)));
    return told;
  }

  private Stored encode(Type type, Object value) throws IOException {
    try {
      return scope.contents().codecs().encode(type, value, contents);
    } catch (Invalid e) {
      throw new Invalid("step \"%s\": %s".formatted(node.step().node().name(), e.text()), e);
    }
  }

  private void cleanUp() {
    try {
      context.cleanUp();
    } catch (IOException e) {
      scope.listener().taskPrinted(node.id(), "its folder could not be deleted: " + e.getMessage());
    }
  }
}
