import java.util.Arrays;

/** How well predictions rank: pure functions. */
final class Auc {
  private Auc() {}

  /**
   * The chance that a late flight was given a higher prediction than a punctual one, ties counted
   * half: 0.5 is guessing, 1 is perfect (Mann and Whitney's U over its greatest value).
   *
   * @param predictions one for each flight, no NaN
   * @param late the truth, in the same order; both kinds must be there
   */
  static double of(double[] predictions, boolean[] late) {
    double[] positives = sorted(predictions, late, true);
    double[] negatives = sorted(predictions, late, false);
    if (positives.length == 0 || negatives.length == 0) {
      throw new IllegalArgumentException(
          "AUC of %d late and %d punctual flights, expected at least one of each"
              .formatted(positives.length, negatives.length));
    }
    long halves = 0; // two for each pair in the right order, one for each tie
    int below = 0;
    int notAbove = 0;
    for (double positive : positives) {
      while (below < negatives.length && negatives[below] < positive) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= positive) {
        notAbove++;
      }
      halves += below + notAbove;
    }
    return halves / 2.0 / positives.length / negatives.length;
  }

  /** The share of late flights, 0 to 1; NaN of none. */
  static double share(boolean[] late) {
    int count = 0;
    for (boolean one : late) {
      count += one ? 1 : 0;
    }
    return (double) count / late.length;
  }

  private static double[] sorted(double[] predictions, boolean[] late, boolean of) {
    double[] result = new double[late.length];
    int count = 0;
    for (int i = 0; i < late.length; i++) {
      if (late[i] == of) {
        result[count++] = predictions[i];
      }
    }
    result = Arrays.copyOf(result, count);
    Arrays.sort(result);
    return result;
  }
}
