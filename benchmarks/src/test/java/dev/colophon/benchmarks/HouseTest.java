package dev.colophon.benchmarks;

import dev.colophon.testkit.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house, for this module. */
class HouseTest {
  @TestFactory
  Stream<DynamicTest> theHouseRulesHold() {
    return HouseRules.of("benchmarks");
  }
}
