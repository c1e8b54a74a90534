/** What was recorded, for programs and notebooks: runs, what they left behind, models, lineage. */
@NullMarked
package dev.colophon.embedded.read;

import org.jspecify.annotations.NullMarked;
