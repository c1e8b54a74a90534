package dev.colophon.embedded.track;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a call of {@code close} came about. A {@code try} block with resources or with {@code
 * finally} is compiled to two calls: one where the block comes to its end, and one in a handler of
 * all exceptions, which throws again what it caught (JLS 14.20.2, 14.20.3.1). So the byte code
 * around the call says which of the two it is. A method {@code close()} that closes the run for
 * others is looked through.
 */
final class TryBlock {
  /** How a block was left. */
  enum Exit {
    /** It came to its end, or was left by {@code return} and its like. */
    END,
    EXCEPTION,
    /** There is no class file, or not the one that runs: an agent has rewritten it. */
    UNKNOWN
  }

  private final List<Call> calls;

  /** A place in a method that calls. */
  private record Call(Class<?> caller, String method, String descriptor, int at) {
    static Call of(StackWalker.StackFrame frame) {
      return new Call(
          frame.getDeclaringClass(),
          frame.getMethodName(),
          frame.getDescriptor(),
          frame.getByteCodeIndex());
    }

    boolean isClose() {
      return method.equals("close") && descriptor.equals("()V");
    }

    Exit exit() {
      String file = caller.getName().substring(caller.getName().lastIndexOf('.') + 1) + ".class";
      try (InputStream bytes = caller.getResourceAsStream(file)) {
        if (bytes == null) {
          return Exit.UNKNOWN;
        }
        return ClosingCode.read(bytes, method, descriptor)
            .map(code -> code.exit(at))
            .orElse(Exit.UNKNOWN);
      } catch (IOException | RuntimeException e) {
        return Exit.UNKNOWN; // no class file that can be read says anything
      }
    }
  }

  private TryBlock(List<Call> calls) {
    this.calls = List.copyOf(calls);
  }

  /** The place that called into this class. */
  static TryBlock ofCaller(Class<?> closed) {
    List<Call> calls = new ArrayList<>();
    StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .<Optional<Call>>walk(
            frames ->
                frames
                    .filter(
                        frame ->
                            frame.getDeclaringClass() != closed
                                && frame.getDeclaringClass() != TryBlock.class)
                    .map(Call::of)
                    .peek(calls::add)
                    .filter(call -> !call.isClose())
                    .findFirst());
    return new TryBlock(calls);
  }

  /** How the block was left, as far as the class files tell. */
  Exit exit() {
    List<Exit> exits = calls.stream().map(Call::exit).distinct().toList();
    if (exits.contains(Exit.EXCEPTION)) {
      return Exit.EXCEPTION;
    }
    return exits.contains(Exit.UNKNOWN) ? Exit.UNKNOWN : Exit.END;
  }
}
