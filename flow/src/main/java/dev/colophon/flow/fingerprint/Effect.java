package dev.colophon.flow.fingerprint;

import java.util.List;

/** What follows from executing a piece of code, or from what is done to a type. */
sealed interface Effect {
  /** Tells a step's reach. */
  void on(Reach reach);

  /** A method is executed. */
  record Executes(MethodNode method) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.execute(method);
    }
  }

  /** A method is called on an instance of a type, whatever its class. */
  record Calls(CallTarget target) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.call(target);
    }
  }

  /** An instance is made. */
  record Makes(ClassNode type) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.make(type);
    }
  }

  /** A class is initialised. */
  record Initialises(ClassNode type) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.initialise(type);
    }
  }

  /** A class is handed to code that may do anything with it. */
  record Opens(ClassNode type) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.open(type);
    }
  }

  /** A string is used that is the name of a class. */
  record Spells(ClassNode type) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.spell(type);
    }
  }

  /** A value is made or taken apart by a codec. */
  record Stores(ClassNode type) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.store(type);
    }
  }

  /** All records that were made may be stored. */
  record StoresRecords() implements Effect {
    @Override
    public void on(Reach reach) {
      reach.storeRecords();
    }
  }

  /** The flow's own instance may be anywhere. */
  record Leaks() implements Effect {
    @Override
    public void on(Reach reach) {
      reach.leak();
    }
  }

  /** Something is part of the fingerprint. */
  record Adds(int part) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.add(part);
    }
  }

  /**
   * A package is named that a library has.
   *
   * @param name with slashes
   */
  record Names(String name) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.name(name);
    }
  }

  /** Everything of the author's may be executed. */
  record Undecided(int part) implements Effect {
    @Override
    public void on(Reach reach) {
      reach.giveUp(part);
    }
  }

  /**
   * What a call names.
   *
   * @param id from 0, within its universe
   * @param member name and descriptor
   */
  record CallTarget(int id, ClassNode type, String member) {
    /** What is executed if the instance is exactly of a class. */
    List<MethodNode> in(ClassNode instance) {
      return instance.select(member);
    }
  }
}
