import dev.colophon.flow.*;
import java.util.List;
import java.util.stream.IntStream;

/** One trivial task for each number, and a join. */
@Flow
public class Fan {
  @Param("How many tasks")
  int width = 100;

  @Step
  List<Integer> numbers(int width) {
    return IntStream.range(0, width).boxed().toList();
  }

  @Step
  int twice(@Each("numbers") int number) {
    return 2 * number;
  }

  @Step
  long total(@All List<Integer> twice) {
    return twice.stream().mapToLong(Integer::longValue).sum();
  }
}
