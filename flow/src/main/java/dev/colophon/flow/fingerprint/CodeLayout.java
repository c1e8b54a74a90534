package dev.colophon.flow.fingerprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Label;

/**
 * Where labels and local variables stand in a method, told by counts of instructions.
 *
 * <p>With {@code -g}, javac stores the value of a local constant ({@code final int n = 3}) that
 * nothing reads, and moves up the variables declared after it; without, it doesn't. Such stores are
 * left out, and the variables moved back.
 */
final class CodeLayout {
  private static final int MOVED_UP = 2; // instructions of a store that is left out

  private record Target(int at, Label label) {}

  private record Variable(int at, int slot, int instruction, boolean stores) {}

  /** A constant that is pushed and stored at once. */
  private record Constant(int from, int to, int instruction, int slot, int width) {}

  private record Scope(int slot, Label start, Label end) {}

  /** A local constant. */
  private record Dead(Constant constant, int start, int end) {
    boolean moves(Variable variable) {
      return variable.slot > constant.slot
          && variable.instruction >= start
          && variable.instruction < end;
    }
  }

  private final CanonicalText text;
  private final Map<Label, Integer> positions = new HashMap<>();
  private final Set<Label> used = new HashSet<>();
  private final List<Target> targets = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private final List<Constant> constants = new ArrayList<>();
  private final List<Scope> scopes = new ArrayList<>();
  private int count;
  private int constantFrom = -1;
  private int constantAt = -1;
  private List<Dead> dead = List.of();

  CodeLayout(CanonicalText text) {
    this.text = text;
  }

  /** An instruction begins. */
  void instruction() {
    count++;
  }

  /** The current instruction pushes a constant; its text begins there. */
  void constant(int from) {
    constantFrom = from;
    constantAt = count;
  }

  void variable(int slot, boolean stores, int width) {
    variables.add(new Variable(text.size(), slot, count - 1, stores));
    text.u4(slot);
    if (stores && constantAt == count - 1) {
      constants.add(new Constant(constantFrom, text.size(), count - 2, slot, width));
    }
  }

  /** Writes where a label stands, as soon as that is known. */
  void target(Label label) {
    uses(label);
    targets.add(new Target(text.size(), label));
    text.u4(0);
  }

  void uses(Label label) {
    used.add(label);
  }

  void label(Label label) {
    positions.put(label, count);
  }

  void scope(int slot, Label start, Label end) {
    scopes.add(new Scope(slot, start, end));
  }

  /**
   * Whether there is a constant that looks as if nothing read it: then the class has to be read
   * with its debugging information.
   */
  boolean mayHaveLocalConstants() {
    return constants.stream().anyMatch(this::seemsUnread);
  }

  private boolean seemsUnread(Constant constant) {
    for (Variable variable : variables) {
      if (variable.slot == constant.slot && variable.instruction > constant.instruction + 1) {
        return variable.stores;
      }
    }
    return true;
  }

  /** All was read: from now on, {@link #indexOf} tells. */
  void settle() {
    dead = findDead();
  }

  /** Puts in what is known only at the end. Once. */
  void finish() {
    for (Target target : targets) {
      text.put4(target.at, indexOf(target.label));
    }
    for (Variable variable : variables) {
      int down = 0;
      for (Dead each : dead) {
        down += each.moves(variable) ? each.constant.width : 0;
      }
      if (down > 0) {
        text.put4(variable.at, variable.slot - down);
      }
    }
    for (int i = dead.size() - 1; i >= 0; i--) {
      text.cut(dead.get(i).constant.from, dead.get(i).constant.to);
    }
  }

  /** Number of instructions before a label, without those that are left out. */
  int indexOf(Label label) {
    int index = position(label);
    int cut = 0;
    for (Dead each : dead) {
      int behind = index - each.constant.instruction;
      cut += Math.clamp(behind, 0, MOVED_UP);
    }
    return index - cut;
  }

  private int position(Label label) {
    return positions.getOrDefault(label, count);
  }

  private List<Dead> findDead() {
    if (scopes.isEmpty() || constants.isEmpty()) {
      return List.of();
    }
    Set<Integer> jumpedTo = new HashSet<>();
    used.forEach(label -> jumpedTo.add(position(label)));
    List<Dead> found = new ArrayList<>();
    for (Constant constant : constants) {
      int start = constant.instruction + MOVED_UP;
      if (!jumpedTo.contains(start - 1)) {
        scopes.stream()
            .filter(scope -> scope.slot == constant.slot && position(scope.start) == start)
            .map(scope -> new Dead(constant, start, position(scope.end)))
            .filter(this::isNeverRead)
            .findFirst()
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private boolean isNeverRead(Dead each) {
    return variables.stream()
        .noneMatch(
            variable ->
                variable.slot == each.constant.slot
                    && variable.instruction >= each.start
                    && variable.instruction < each.end);
  }
}
