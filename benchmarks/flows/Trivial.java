import dev.colophon.flow.*;

/** Three steps that do next to nothing: what is left is the engine's own cost. */
@Flow
public class Trivial {
  static final int EDITED = 0; // the benchmark writes another number here

  @Step
  int first() {
    return EDITED;
  }

  @Step
  int second(int first) {
    return first + 1;
  }

  @Step
  int third(int second) {
    return second + 1;
  }
}
