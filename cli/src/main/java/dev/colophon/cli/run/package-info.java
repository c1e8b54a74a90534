/** What a person sees of a run as it goes. */
@NullMarked
package dev.colophon.cli.run;

import org.jspecify.annotations.NullMarked;
