package dev.colophon.cli.frame;

import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.Home;

/** How a command comes by the ports of a home. */
public interface Ports {
  /** The wiring that {@link Colophon} gives. */
  Ports EMBEDDED =
      new Ports() {
        @Override
        public Colophon open(Home home) {
          return Colophon.open(home);
        }

        @Override
        public Colophon reading(Home home) {
          return Colophon.reading(home);
        }
      };

  /** For a command that writes; makes the home if need be. */
  Colophon open(Home home);

  /** For a command that reads, or changes what is there; makes nothing. */
  Colophon reading(Home home);
}
