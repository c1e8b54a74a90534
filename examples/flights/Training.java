import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.BinaryFeaturesExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Learns a {@link LinearModel} with Tribuo's logistic regression: stochastic gradient descent on
 * one thread, whose order the caller's generator decides. Equal input gives equal weights, bit for
 * bit.
 */
final class Training {
  /**
   * The step size of AdaGrad. Tried on this data: 0.03 and 0.1 differ by less than 0.002 in AUC.
   */
  private static final double LEARNING_RATE = 0.03;

  /** Examples for each step, as many as are usual; 256 did no better. */
  private static final int BATCH = 32;

  private static final Label LATE = new Label("late");
  private static final Label PUNCTUAL = new Label("punctual");

  /** Tribuo tells of each training at INFO. Held here, or the level would be forgotten. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  static {
    TRIBUO.setLevel(Level.WARNING);
  }

  private Training() {}

  /**
   * Learns from these rows of the table and from nothing else.
   *
   * @param rows of flights that arrived
   */
  static LinearModel train(
      Flights flights, int[] rows, FlightDelays.Setting setting, RandomGenerator random) {
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "0 flights to learn from, expected some: let the first month to predict be later");
    }
    Features features = new Features(flights, setting.weather());
    MutableDataset<Label> examples = emptyDataset();
    for (int row : rows) {
      Label label = flights.late()[row] ? LATE : PUNCTUAL;
      examples.add(new BinaryFeaturesExample<>(label, features.of(row)));
    }
    LinearSGDTrainer trainer =
        new LinearSGDTrainer(
            new LogMulticlass(),
            new AdaGrad(LEARNING_RATE),
            setting.epochs(),
            Integer.MAX_VALUE, // logs the loss every so many steps: never
            BATCH,
            random.nextLong());
    return weightsOf(trainer.train(examples));
  }

  /** Tribuo holds weights for each label; the difference is the log-odds of late. */
  private static LinearModel weightsOf(LinearSGDModel trained) {
    DenseMatrix weights = trained.getWeightsCopy();
    int late = trained.getOutputIDInfo().getID(LATE);
    int punctual = trained.getOutputIDInfo().getID(PUNCTUAL);
    ImmutableFeatureMap facts = trained.getFeatureIDMap();
    Map<String, Double> byFact = new HashMap<>();
    for (int i = 0; i < facts.size(); i++) {
      byFact.put(facts.get(i).getName(), weights.get(late, i) - weights.get(punctual, i));
    }
    int bias = facts.size(); // the last column
    return new LinearModel(weights.get(late, bias) - weights.get(punctual, bias), byFact);
  }

  /** Its provenance wants a time; it is thrown away with the trained object, so any will do. */
  private static MutableDataset<Label> emptyDataset() {
    OffsetDateTime anyTime = OffsetDateTime.of(2013, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    LabelFactory labels = new LabelFactory();
    return new MutableDataset<>(new SimpleDataSourceProvenance("flights", anyTime, labels), labels);
  }
}
