package dev.colophon.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house, for this module and for core, which cannot depend on the kit itself. */
class HouseTest {
  @TestFactory
  Stream<DynamicTest> theHouseRulesHold() {
    return HouseRules.of("testkit");
  }

  @TestFactory
  Stream<DynamicTest> theHouseRulesHoldForCore() {
    return HouseRules.of("core");
  }
}
