package dev.colophon.flow.fingerprint;

import java.util.Optional;
import java.util.Set;

/** What is known of code that is not the author's: which calls reach what nobody can follow. */
final class Outside {
  /** Methods of {@code Class} that tell nothing of its members, or only of itself by name. */
  private static final Set<String> HARMLESS =
      Set.of(
          "arrayType",
          "asSubclass",
          "cast",
          "componentType",
          "desiredAssertionStatus",
          "descriptorString",
          "equals",
          "getCanonicalName",
          "getClass",
          "getClassLoader",
          "getComponentType",
          "getEnumConstants",
          "getInterfaces",
          "getModifiers",
          "getModule",
          "getName",
          "getPackageName",
          "getSimpleName",
          "getSuperclass",
          "getTypeName",
          "hashCode",
          "isArray",
          "isAssignableFrom",
          "isEnum",
          "isInstance",
          "isInterface",
          "isPrimitive",
          "isRecord",
          "isSealed",
          "toString");

  /** Uses of a class literal that don't look into the class. */
  private static final Set<String> NAME_ONLY =
      Set.of(
          "arrayType",
          "cast",
          "desiredAssertionStatus",
          "descriptorString",
          "equals",
          "getCanonicalName",
          "getName",
          "getPackageName",
          "getSimpleName",
          "getTypeName",
          "hashCode",
          "isArray",
          "isInstance",
          "toString");

  private static final Set<String> UNDECIDED_TYPES =
      Set.of(
          "java/lang/ClassLoader",
          "java/lang/Module",
          "java/lang/ModuleLayer",
          "java/lang/Package",
          "java/lang/StackWalker",
          "java/lang/invoke/MethodHandles$Lookup",
          "java/lang/invoke/MethodHandleProxies",
          "java/lang/invoke/LambdaMetafactory",
          "java/io/ObjectInputStream",
          "java/io/ObjectOutputStream",
          "java/net/URLClassLoader",
          "java/security/SecureClassLoader",
          "java/sql/DriverManager",
          "java/util/PropertyResourceBundle",
          "java/util/ResourceBundle",
          "java/util/ServiceLoader");

  private static final Set<String> UNDECIDED_PACKAGES =
      Set.of(
          "java/beans/",
          "java/lang/classfile/",
          "java/lang/instrument/",
          "java/lang/reflect/",
          "java/rmi/",
          "javax/imageio/",
          "javax/management/",
          "javax/naming/",
          "javax/print/",
          "javax/script/",
          "javax/sound/",
          "javax/tools/",
          "javax/xml/",
          "sun/misc/",
          "sun/reflect/",
          "jdk/internal/");

  private static final Set<String> UNDECIDED_METHODS =
      Set.of(
          "java/lang/Runtime.load",
          "java/lang/Runtime.loadLibrary",
          "java/lang/System.load",
          "java/lang/System.loadLibrary",
          "java/lang/Thread.getContextClassLoader");

  private static final Set<String> LOGGERS =
      Set.of(
          "org/slf4j/LoggerFactory.getLogger",
          "org/apache/logging/log4j/LogManager.getLogger",
          "org/apache/logging/log4j/LogManager.getFormatterLogger",
          "org/apache/commons/logging/LogFactory.getLog",
          "org/jboss/logging/Logger.getLogger");

  private static final Set<String> ENUM_USERS =
      Set.of(
          "java/lang/Class.getEnumConstants",
          "java/lang/Enum.valueOf",
          "java/util/EnumMap.<init>",
          "java/util/EnumSet.allOf",
          "java/util/EnumSet.noneOf");

  /** Bootstrap methods that only name the classes among their arguments. */
  private static final Set<String> PLAIN_BOOTSTRAPS =
      Set.of(
          "java/lang/invoke/LambdaMetafactory",
          "java/lang/invoke/StringConcatFactory",
          "java/lang/runtime/ObjectMethods",
          "java/lang/runtime/SwitchBootstraps");

  private static final String COLOPHON = "dev/colophon/";

  /** Colophon's modules, each of which has a package of its own name, with a package-info. */
  private static final Set<String> MODULES =
      Set.of(
          "catalog",
          "cli",
          "client",
          "core",
          "embedded",
          "evaluation",
          "flow",
          "predictions",
          "server",
          "serving",
          "spark",
          "store",
          "testkit");

  private Outside() {}

  /**
   * Whether a package is the root of one of Colophon's modules.
   *
   * @param packageName with slashes
   */
  static boolean isOfColophon(String packageName) {
    return packageName.startsWith(COLOPHON)
        && MODULES.contains(packageName.substring(COLOPHON.length()));
  }

  /** What a call does if it can lead anywhere: {@code calls Class.forName}. */
  static Optional<String> undecided(String owner, String name) {
    boolean anywhere =
        (owner.equals("java/lang/Class") && !HARMLESS.contains(name))
            || UNDECIDED_TYPES.contains(owner)
            || UNDECIDED_METHODS.contains(owner + "." + name)
            || isInUndecidedPackage(owner);
    var simple = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
    return anywhere
        ? Optional.of(name.equals("<init>") ? "makes a " + simple : "calls " + simple + "." + name)
        : Optional.empty();
  }

  private static boolean isInUndecidedPackage(String owner) {
    return !owner.equals("java/lang/reflect/Array")
        && UNDECIDED_PACKAGES.stream().anyMatch(owner::startsWith);
  }

  /** Whether a call takes no more of a class literal than its name. */
  static boolean takesName(String owner, String name) {
    return (owner.equals("java/lang/Class") && NAME_ONLY.contains(name))
        || LOGGERS.contains(owner + "." + name);
  }

  /** Whether a call takes no more of the class literal of an enum than its constants. */
  static boolean takesConstants(String owner, String name) {
    return ENUM_USERS.contains(owner + "." + name);
  }

  static boolean isPlainBootstrap(String owner) {
    return PLAIN_BOOTSTRAPS.contains(owner);
  }
}
