package dev.colophon.flow.checks;

import java.util.List;

/** What may be wrong with the types and dimensions of what is wired. */
final class TypeLies {
  private static final String FANNED =
      """
      @Step List<String> settings() { return List.of(); }
      @Step List<Integer> folds() { return List.of(); }
      @Step double score(@Each("settings") String setting, @Each("folds") int fold) { return 1; }
      """;

  static final List<Lie> ALL =
      List.of(
          Lie.inFlow(
              "another type than the step's",
              """
              @Step String fit() { return ""; }
              @Step int score(int fit) { return 1; }
              """,
              "7 argument \"fit\" has type int, but step fit returns String; declare String fit"),
          Lie.inFlow(
              "a widened number",
              """
              @Step int rows() { return 1; }
              @Step int score(long rows) { return 1; }
              """,
              "7 argument \"rows\" has type long, but step rows returns int; declare int rows"),
          Lie.inFlow(
              "a list of another type",
              """
              @Step List<Integer> rows() { return List.of(); }
              @Step int score(List<Number> rows) { return 1; }
              """,
              "7 argument \"rows\" has type List<Number>, but step rows returns List<Integer>;"
                  + " declare List<Integer> rows"),
          Lie.inFlow(
              "another type than the parameter's",
              """
              @Param int months = 6;
              @Step int score(String months) { return 1; }
              """,
              "7 argument \"months\" has type String, but parameter months has type int; declare"
                  + " int months"),
          Lie.inFlow(
              "a version before it has its number",
              """
              @Step Path fit() { return Path.of("x"); }
              @Step NewVersion register(Path fit) { return NewVersion.of("m", fit); }
              @Step int report(NewVersion register) { return 1; }
              """,
              "8 argument \"register\" has type NewVersion, but step register returns NewVersion,"
                  + " which arrives with its number; declare ModelVersion register"),
          Lie.inFlow(
              "the value of nothing",
              """
              @Step void report() {}
              @Step int after(Optional<String> report) { return 1; }
              """,
              "7 argument \"report\" is the value of step report, which returns nothing; let it"
                  + " return a value, or remove the argument"),
          Lie.inFlow(
              "elements of what is no list",
              """
              @Step String[] settings() { return new String[0]; }
              @Step int fit(@Each("settings") String setting) { return 1; }
              """,
              "7 @Each(\"settings\") on argument \"setting\", but settings has type String[], which"
                  + " is no List; make it List<String>"),
          Lie.inFlow(
              "elements of another type",
              """
              @Step List<Integer> folds() { return List.of(); }
              @Step int fit(@Each("folds") String fold) { return 1; }
              """,
              "7 argument \"fold\" has type String, but the elements of folds have type Integer;"
                  + " declare Integer fold"),
          Lie.inFlow(
              "one dimension twice",
              """
              @Step List<String> folds() { return List.of(); }
              @Step int fit(@Each("folds") String a, @Each("folds") String b) { return 1; }
              """,
              "7 arguments \"a\" and \"b\" are both @Each(\"folds\"), which is one dimension; keep"
                  + " one"),
          Lie.inFlow(
              "all of one",
              """
              @Step double score() { return 1; }
              @Step int best(@All List<Double> score) { return 1; }
              """,
              "7 @All on argument \"score\", but step score is not fanned out, so there is nothing"
                  + " to join; declare double score"),
          Lie.inFlow(
              "all of a parameter",
              """
              @Param List<Double> bars = List.of();
              @Step int best(@All List<Double> bars) { return 1; }
              """,
              "7 @All on argument \"bars\", which is a parameter; remove @All"),
          Lie.inFlow(
              "all of another type",
              FANNED + "@Step int best(@All double score) { return 1; }\n",
              "9 argument \"score\" has type double, but step score returns double; declare @All"
                  + " List<Double> score"),
          Lie.inFlow(
              "a list of one",
              """
              @Step double score() { return 1; }
              @Step int best(List<Double> score) { return 1; }
              """,
              "7 argument \"score\" has type List<Double>, but step score is not fanned out and"
                  + " returns one double; declare double score"),
          Lie.inFlow(
              "neither one nor a list",
              FANNED + "@Step int best(String score) { return 1; }\n",
              "9 argument \"score\" has type String, but step score returns double, once for each"
                  + " of settings, folds; declare double score for one of them, List<Double> score"
                  + " to join the last, or @All List<Double> score to join them all"),
          Lie.inFlow(
              "only the first of two that follow from each other",
              """
              @Step int a(String b) { return 1; }
              @Step int b(int c) { return 1; }
              @Step double c() { return 1; }
              @Step int d(String a) { return 1; }
              """,
              "7 argument \"c\" has type int, but step c returns double; declare double c"));

  private TypeLies() {}
}
