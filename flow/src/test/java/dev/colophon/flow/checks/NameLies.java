package dev.colophon.flow.checks;

import java.util.List;

/** What may be wrong with names and with what they wire. */
final class NameLies {
  static final List<Lie> ALL =
      List.of(
          Lie.inFlow(
              "a misspelt step",
              """
              @Step int train() { return 1; }
              @Step int test(int trian) { return trian; }
              """,
              "7 no step named \"trian\"; did you mean \"train\"?"),
          Lie.inFlow(
              "a secret that is no text",
              """
              @Step int load(@Secret("db") int password) { return 1; }
              """,
              "6 @Secret on argument \"password\", which has type int; expected SecretValue, String"
                  + " or char[]"),
          Lie.inFlow(
              "a secret without a name",
              """
              @Step int load(@Secret("") SecretValue password) { return 1; }
              """,
              "6 @Secret(\"\") on argument \"password\": expected a name of letters, digits, \".\","
                  + " \"-\" and \"_\", such as \"db-password\""),
          Lie.inFlow(
              "a secret that isn't marked",
              """
              @Step int load(SecretValue password) { return 1; }
              """,
              "6 argument \"password\" has type SecretValue, but doesn't say which secret; write"
                  + " @Secret(\"password\")"),
          Lie.inFlow(
              "a misspelt parameter",
              """
              @Param int months = 6;
              @Step int test(int moths) { return moths; }
              """,
              "7 no parameter named \"moths\"; did you mean \"months\"?"),
          Lie.inFlow(
              "a name that resembles nothing",
              """
              @Param int months = 6;
              @Step int train(String weather) { return 1; }
              """,
              "7 no step or parameter named \"weather\"; there are: months, train"),
          Lie.inFlow(
              "a misspelt source of elements",
              """
              @Step List<String> settings() { return List.of(); }
              @Step int fit(@Each("setings") String setting) { return 1; }
              """,
              "7 no step named \"setings\"; did you mean \"settings\"?"),
          Lie.inFlow(
              "a name for both",
              """
              @Param int months = 6;
              @Step int months() { return 1; }
              """,
              "7 \"months\" is a step and a parameter; rename one, since arguments are wired by"
                  + " name"),
          Lie.inFlow(
              "two steps of one name",
              """
              @Step int fit() { return 1; }
              @Step("fit") int again() { return 1; }
              """,
              "7 two steps are named \"fit\": methods fit and again; rename one"),
          Lie.inFlow(
              "an overloaded method",
              """
              @Step int fit() { return 1; }
              @Step("again") int fit(int fit) { return 1; }
              """,
              "7 two steps have a method fit; rename one, since a step is found by its method's"
                  + " name"),
          Lie.inFlow(
              "a name with a space",
              """
              @Step("fit it") int fit() { return 1; }
              """,
              "6 step name \"fit it\": expected a letter or digit, then up to 127 of A-Z a-z 0-9"
                  + " . _ -"),
          Lie.inFlow(
              "a step of itself",
              """
              @Step int fit(int fit) { return 1; }
              """,
              "6 step fit reads its own value; rename the argument or remove it"),
          Lie.inFlow(
              "elements of itself",
              """
              @Step List<String> fit(@Each("fit") String one) { return List.of(); }
              """,
              "6 step fit reads its own value; rename the argument or remove it"),
          Lie.inFlow(
              "a circle",
              """
              @Step int a(int b) { return 1; }
              @Step int b(int c) { return 1; }
              @Step int c(int a) { return 1; }
              @Step int after(int c) { return 1; }
              """,
              "6 steps wait for each other: a → b → c → a; remove one of these arguments"),
          Lie.inFlow(
              "two circles",
              """
              @Step int a(int b) { return 1; }
              @Step int b(int a) { return 1; }
              @Step int x(int y, int a) { return 1; }
              @Step int y(int x) { return 1; }
              """,
              "6 steps wait for each other: a → b → a; remove one of these arguments",
              "8 steps wait for each other: x → y → x; remove one of these arguments"),
          Lie.inFlow(
              "a generator of its own",
              """
              @Step int fit(Random random) { return 1; }
              """,
              "6 argument \"random\" has type Random, but the engine offers a seeded"
                  + " RandomGenerator; declare RandomGenerator random"),
          Lie.inFlow(
              "a mark on what the engine offers",
              """
              @Step int fit(@All TaskContext task) { return 1; }
              """,
              "6 @All on argument \"task\", which is a TaskContext that the engine offers; remove"
                  + " @All"),
          Lie.inFlow(
              "two marks on one argument",
              """
              @Step List<String> settings() { return List.of(); }
              @Step int fit(@Each("settings") @All String settings) { return 1; }
              """,
              "7 argument \"settings\" is marked @Each and @All; keep one"),
          Lie.inFlow(
              "a dataset that is no path",
              """
              @Step int rows(@Input("flights.csv") String csv) { return 1; }
              """,
              "6 @Input on argument \"csv\", which has type String; expected Path, or List<Path>"
                  + " for a glob"),
          Lie.inFlow(
              "a dataset without a name",
              """
              @Step int rows(@Input("") Path csv) { return 1; }
              """,
              "6 @Input on argument \"csv\" names nothing; expected a path or glob, such as"
                  + " \"data/flights.csv\""),
          Lie.inFlow(
              "a glob for one path",
              """
              @Step int rows(@Input("*.csv") Path csv) { return 1; }
              """,
              "6 @Input(\"*.csv\") is a glob, but argument \"csv\" is one Path; declare List<Path>"
                  + " csv"));

  private NameLies() {}
}
