import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AucTest {
  @Test
  void aPerfectOrderIsOneAndAWrongOneZero() {
    boolean[] late = {false, false, true, true};
    assertThat(Auc.of(new double[] {.1, .2, .3, .4}, late)).isEqualTo(1);
    assertThat(Auc.of(new double[] {.4, .3, .2, .1}, late)).isEqualTo(0);
  }

  @Test
  void equalPredictionsAreGuessing() {
    assertThat(Auc.of(new double[] {.2, .2, .2}, new boolean[] {true, false, false}))
        .isEqualTo(0.5);
  }

  /** Pairs by hand: .8 beats .6 and .4, ties none; .6 ties .6 and beats .4: 2 + 1.5 of 4. */
  @Test
  void aTieCountsHalf() {
    assertThat(Auc.of(new double[] {.8, .6, .6, .4}, new boolean[] {true, true, false, false}))
        .isEqualTo(3.5 / 4);
  }

  @Test
  void itIsTheShareOfPairsInTheRightOrder() {
    Random random = new Random(13);
    double[] predictions = random.doubles(300).map(x -> Math.rint(x * 50) / 50).toArray();
    boolean[] late = new boolean[predictions.length];
    for (int i = 0; i < late.length; i++) {
      late[i] = random.nextInt(4) == 0;
    }
    assertThat(Auc.of(predictions, late)).isEqualTo(pairByPair(predictions, late));
  }

  @Test
  void oneKindAloneHasNoAuc() {
    assertThatThrownBy(() -> Auc.of(new double[] {.1, .2}, new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AUC of 0 late and 2 punctual flights, expected at least one of each");
  }

  private static double pairByPair(double[] predictions, boolean[] late) {
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < late.length; i++) {
      for (int j = 0; j < late.length; j++) {
        if (late[i] && !late[j]) {
          pairs++;
          right += (Math.signum(predictions[i] - predictions[j]) + 1) / 2;
        }
      }
    }
    return right / pairs;
  }
}
