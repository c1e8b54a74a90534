package dev.colophon.flow.code;

import java.util.List;
import java.util.Optional;

/** The leaves of a snapshot. Each path is there once. */
sealed interface LeafSet permits LeafSet.Listed, LeafTable {
  Optional<Leaf> find(String path);

  /** All of them, in no particular order. */
  List<Leaf> all();

  /** Leaves just found. */
  record Listed(List<Leaf> all) implements LeafSet {
    public Listed {
      all = List.copyOf(all);
    }

    @Override
    public Optional<Leaf> find(String path) {
      return all.stream().filter(leaf -> leaf.path().equals(path)).findFirst();
    }
  }
}
