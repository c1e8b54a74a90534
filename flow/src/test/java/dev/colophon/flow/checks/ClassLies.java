package dev.colophon.flow.checks;

import java.util.List;

/** What may be wrong with the class, its fields and the form of its methods. */
final class ClassLies {
  static final List<Lie> ALL =
      List.of(
          Lie.whole(
              "no @Flow",
              """
              public class Bad {
                @Step int fit() { return 1; }
              }
              """,
              "4 class Bad has @Steps or @Params, but is not marked @Flow; write @Flow above it"),
          Lie.whole(
              "an interface",
              """
              @Flow interface Bad { @Step default int fit() { return 1; } }
              """,
              "4 flow Bad is not a class; declare the flow as an ordinary class"),
          Lie.whole(
              "an abstract class",
              """
              @Flow abstract class Bad {
                @Step int fit() { return 1; }
              }
              """,
              "4 flow Bad is abstract, but each task needs an instance of it; remove \"abstract\""),
          Lie.whole(
              "a generic class",
              """
              @Flow class Bad<T> {
                @Step int fit() { return 1; }
              }
              """,
              "4 flow Bad has type parameters, which nobody could fill in; name the types"),
          Lie.whole(
              "no constructor without arguments",
              """
              @Flow class Bad { Bad(int months) {}
                @Step int fit() { return 1; }
              }
              """,
              "4 flow Bad has no constructor without arguments, but each task needs an instance of"
                  + " it; take values as @Param fields"),
          Lie.whole(
              "a private class",
              """
              class Outer { @Flow private static class Bad { @Step int fit() { return 1; } } }
              """,
              "4 flow Bad is private, but each task needs an instance of it; remove \"private\""),
          Lie.whole(
              "an inner class",
              """
              class Outer { @Flow class Bad { @Step int fit() { return 1; } } }
              """,
              "4 flow Bad belongs to an instance or a method of another class; make it static, or"
                  + " move it to a file of its own"),
          Lie.whole(
              "a flow name with a slash",
              """
              @Flow("a/b") class Bad {
                @Step int fit() { return 1; }
              }
              """,
              "4 flow name \"a/b\": expected a letter or digit, then up to 127 of A-Z a-z 0-9 . _"
                  + " -"),
          Lie.whole(
              "no steps",
              """
              @Flow class Bad {
                int fit() { return 1; }
              }
              """,
              "4 flow Bad has no steps; mark a method with @Step"),
          Lie.whole(
              "a step of a superclass",
              """
              @Flow class Bad extends Old {}
              @Flow class Old { @Step int fit() { return 1; } }
              """,
              "4 step fit is inherited from Old; declare it in Bad itself"),
          Lie.whole(
              "a field of a superclass",
              """
              @Flow class Bad extends Old { @Step int fit() { return 1; } }
              class Old { int a; int b; }
              """,
              "4 superclass Old has a field \"a\", but a flow holds nothing but @Params of its own;"
                  + " don't extend Old"),
          Lie.inFlow(
              "a private step",
              """
              @Step private int fit() { return 1; }
              """,
              "6 step fit is private; remove \"private\""),
          Lie.inFlow(
              "a static step",
              """
              @Step static int fit() { return 1; }
              """,
              "6 step fit is static; remove \"static\""),
          Lie.inFlow(
              "a step of varying arguments",
              """
              @Step int one() { return 1; }
              @Step int[] some() { return new int[0]; }
              @Step int fit(int one, int... some) { return 1; }
              """,
              "8 step fit takes a varying number of arguments; declare one argument for each"
                  + " value"),
          Lie.inFlow(
              "a generic step",
              """
              @Step <T> List<T> fit() { return List.of(); }
              """,
              "6 step fit has type parameters, which nobody could fill in; name the types"),
          Lie.inFlow(
              "a field that is no parameter",
              """
              int count = 1;
              @Step int fit() { return count; }
              """,
              "6 field \"count\" would be lost, since each task gets a new instance; return its"
                  + " value from a step, or mark it @Param"),
          Lie.inFlow(
              "a static field that may change",
              """
              static int count = 1;
              @Step int fit() { return count; }
              """,
              "6 static field \"count\" can change between two tasks; make it final"),
          Lie.inFlow(
              "a static parameter",
              """
              @Param static int months = 1;
              @Step int fit() { return months; }
              """,
              "6 @Param on static field \"months\", which a run can't set; remove \"static\""),
          Lie.inFlow(
              "a final parameter",
              """
              @Param final int months = 1;
              @Step int fit() { return months; }
              """,
              "6 @Param on final field \"months\", which a run can't set; remove \"final\""),
          Lie.inFlow(
              "a parameter that nobody can type",
              """
              @Param Map<String, Integer> weights = Map.of();
              @Step int fit() { return 1; }
              """,
              "6 parameter \"weights\" has type Map<String, Integer>, which nobody can type;"
                  + " expected a number, boolean, text, enum, java.time value, Path, BigDecimal,"
                  + " BigInteger, UUID, URI, a record (given as JSON) or a List of one of these"));

  private ClassLies() {}
}
