import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A logistic regression over facts: each fact that holds adds its weight, and the sum says how
 * likely the flight is late.
 *
 * <p>Holds the numbers alone, no time, host or seed, so training twice leaves equal content; and
 * needs no learning library to predict.
 *
 * @param bias the log-odds of a flight of which nothing is known
 * @param weights what each fact adds to the log-odds; iterates in the order of the facts
 */
record LinearModel(double bias, Map<String, Double> weights) {
  LinearModel {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
  }

  /**
   * The probability, 0 to 1, of the flight being late. Facts never seen in training say nothing.
   */
  double predict(String... facts) {
    double logOdds = bias;
    for (String fact : facts) {
      logOdds += weights.getOrDefault(fact, 0.0);
    }
    return 1 / (1 + StrictMath.exp(-logOdds));
  }

  /** The probabilities for these rows of the table that the features were made of. */
  double[] predict(Features features, int[] rows) {
    double[] predictions = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      predictions[i] = predict(features.of(rows[i]));
    }
    return predictions;
  }
}
