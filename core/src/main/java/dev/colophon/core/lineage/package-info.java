/** What came from what: walks over the records, which all point backwards. */
@NullMarked
package dev.colophon.core.lineage;

import org.jspecify.annotations.NullMarked;
