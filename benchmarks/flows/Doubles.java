import dev.colophon.flow.*;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Saves an array of random numbers and loads it again. */
@Flow
public class Doubles {
  @Param("How many numbers, of 8 bytes each")
  int length = 25_000_000;

  @Step
  double[] numbers(int length) {
    var random = new SplittableRandom(1);
    var numbers = new double[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextDouble();
    }
    return numbers;
  }

  @Step
  double sum(double[] numbers) {
    return Arrays.stream(numbers).sum();
  }
}
