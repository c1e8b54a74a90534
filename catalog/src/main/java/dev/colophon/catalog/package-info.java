/** Records in a SQL database; the only place that knows SQL. */
@NullMarked
package dev.colophon.catalog;

import org.jspecify.annotations.NullMarked;
