package dev.colophon.flow.fingerprint;

/**
 * Something that code refers to, by internal names as class files have them.
 *
 * @param owner class, or array type of one
 * @param name of a member, or empty
 * @param descriptor of a member, or empty
 */
record Ref(Kind kind, String owner, String name, String descriptor) {
  enum Kind {
    /** Calls exactly this static method. */
    STATIC,
    /** Calls exactly this method or constructor of an instance. */
    SPECIAL,
    /** Calls this method, or what overrides it. */
    VIRTUAL,
    /** Makes an instance of the class; of an interface, by a lambda. */
    NEW,
    /** Reads or writes a static field. */
    STATIC_FIELD,
    /** Reads a field of an instance. */
    READ,
    /** Takes a class as a value, to do with it what nobody can tell. */
    LITERAL,
    /** Makes sure that a class is initialised. */
    INITIALISE,
    /** Names a type. */
    TYPE,
    /** A string that could be the name of a class. */
    STRING,
    /** Can't be followed: the owner says what it does, such as {@code calls Class.forName}. */
    UNDECIDED,
    /** Asks the run for what the owner says. */
    ASKS,
    /** Hands records to the engine, which stores them by reflection. */
    STORES
  }

  static Ref of(Kind kind, String owner) {
    return new Ref(kind, owner, "", "");
  }
}
