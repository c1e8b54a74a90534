package dev.colophon.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;

/**
 * What no module may do, whoever writes it: each module's {@code HouseTest} runs these over its own
 * classes.
 *
 * <p>The floors are drawn in {@code docs/architecture.md}; a rule's text says what it forbids and
 * why.
 */
public final class HouseRules {
  private static final String ROOT = "dev.colophon.";

  /** Each module and the modules whose classes it may name. */
  private static final Map<String, Set<String>> FLOORS =
      Map.ofEntries(
          Map.entry("core", Set.of()),
          Map.entry("testkit", Set.of("core")),
          Map.entry("flow", Set.of("core")),
          Map.entry("store", Set.of("core")),
          Map.entry("catalog", Set.of("core")),
          Map.entry("predictions", Set.of("core")),
          Map.entry("serving", Set.of("core")),
          Map.entry("evaluation", Set.of("core")),
          Map.entry("server", Set.of("core")),
          Map.entry("client", Set.of("core")),
          Map.entry("spark", Set.of("core")),
          Map.entry(
              "embedded",
              Set.of(
                  "core",
                  "flow",
                  "store",
                  "catalog",
                  "predictions",
                  "serving",
                  "evaluation",
                  "server",
                  "client")),
          Map.entry("cli", Set.of("core", "flow", "embedded")),
          Map.entry("dist", Set.of()),
          Map.entry("examples", Set.of("core", "flow", "embedded")),
          Map.entry("benchmarks", Set.of("core", "flow", "store", "catalog", "embedded", "cli")));

  private static final Set<String> SQL = Set.of("catalog", "predictions");
  private static final Set<String> HTTP = Set.of("client", "server", "serving");
  private static final Set<String> PROGRAMS = Set.of("cli", "benchmarks", "dist");
  private static final Set<String> WIRING = Set.of("cli", "embedded", "benchmarks");

  private HouseRules() {}

  /**
   * One test a rule, over the compiled classes of a module.
   *
   * @param module the module's folder name, such as {@code flow}; its root package must have a
   *     {@code package-info}
   */
  public static Stream<DynamicTest> of(String module) {
    var classes = classesOf(module);
    return rules(module).entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(classes)));
  }

  /** The rules for a module, by the sentence that each enforces. */
  static Map<String, ArchRule> rules(String module) {
    var floor = FLOORS.get(module);
    if (floor == null) {
      throw new IllegalArgumentException(
          "module \"%s\" has no floor: HouseRules knows %s".formatted(module, FLOORS.keySet()));
    }
    var home = ROOT + module + "..";
    var rules = new LinkedHashMap<String, ArchRule>();
    DescribedPredicate<JavaClass> inRooms = // a flow that is a plain file needs no package
        describe(
            "are no plain files",
            type -> !module.equals("examples") || !type.getPackageName().isEmpty());
    rules.put(
        "its classes live in its own packages",
        classes().that(inRooms).should().resideInAPackage(home).allowEmptyShould(true));
    rules.put(
        "it knows only the floors below it",
        classes()
            .should()
            .onlyDependOnClassesThat(
                resideOutsideOfPackage(ROOT + ".")
                    .or(resideInAnyPackage(home))
                    .or(
                        resideInAnyPackage(
                            floor.stream().map(m -> ROOT + m + "..").toArray(String[]::new)))
                    .as("are of %s or of %s", module, floor)));
    rules.put(
        "its packages are free of cycles",
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().allowEmptyShould(true));
    rules.put(
        "each of its packages is @NullMarked",
        classes().that(inRooms).should(liveInANullMarkedPackage()).allowEmptyShould(true));
    if (!SQL.contains(module)) {
      rules.put(
          "it speaks no SQL (that is catalog's work)",
          noClasses()
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "java.sql..", "javax.sql..", "org.jdbi..", "org.sqlite..", "org.flywaydb.."));
    }
    if (!HTTP.contains(module)) {
      rules.put(
          "it speaks no HTTP",
          noClasses()
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..", "io.helidon.."));
    }
    if (!PROGRAMS.contains(module)) {
      rules.put(
          "it neither exits nor prints (that is cli's work)",
          noClasses().should().accessTargetWhere(target(exitsOrPrints())));
    }
    if (!WIRING.contains(module)) {
      rules.put(
          "clock, ids and randomness come to it by constructor",
          noClasses().should().accessTargetWhere(target(readsTheWorld())));
    }
    rules.replaceAll((sentence, rule) -> rule.allowEmptyShould(true).as(module + ": " + sentence));
    return rules;
  }

  private static JavaClasses classesOf(String module) {
    try {
      var root = Class.forName(ROOT + module + ".package-info");
      var place = root.getProtectionDomain().getCodeSource().getLocation();
      return new ClassFileImporter().importUrl(place);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "module \"%s\": no package-info in %s%s on the class path"
              .formatted(module, ROOT, module),
          e);
    }
  }

  private static DescribedPredicate<AccessTarget> exitsOrPrints() {
    return describe(
        "exits or prints",
        target -> {
          var owner = target.getOwner().getName();
          return switch (target.getName()) {
            case "exit", "halt" ->
                owner.equals("java.lang.System") || owner.equals("java.lang.Runtime");
            case "out", "err" -> owner.equals("java.lang.System");
            case "printStackTrace" -> target.getOwner().isAssignableTo(Throwable.class);
            default -> false;
          };
        });
  }

  private static DescribedPredicate<AccessTarget> readsTheWorld() {
    return describe(
        "reads the clock or draws ids or random numbers on its own",
        target -> {
          var owner = target.getOwner().getName();
          return switch (owner + "." + target.getName()) {
            case "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.lang.Math.random",
                "java.util.UUID.randomUUID",
                "java.util.concurrent.ThreadLocalRandom.current",
                "java.util.random.RandomGenerator.getDefault",
                "java.time.Clock.systemUTC",
                "java.time.Clock.systemDefaultZone",
                "java.time.Clock.system",
                "java.time.InstantSource.system",
                "java.time.ZoneId.systemDefault" ->
                true;
            case "java.util.Random.<init>",
                "java.util.SplittableRandom.<init>",
                "java.util.Date.<init>",
                "java.security.SecureRandom.<init>" ->
                parameters(target).isEmpty();
            default ->
                owner.startsWith("java.time.")
                    && target.getName().equals("now")
                    && !parameters(target).contains(Clock.class.getName());
          };
        });
  }

  private static List<String> parameters(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget unit
        ? unit.getRawParameterTypes().stream().map(JavaClass::getName).toList()
        : List.of();
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a package whose package-info is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type,
                  "%s: package %s has no @NullMarked package-info"
                      .formatted(type.getName(), type.getPackageName())));
        }
      }
    };
  }
}
