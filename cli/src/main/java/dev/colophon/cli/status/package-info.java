/** Whether what was made is still of the newest code and data. */
@NullMarked
package dev.colophon.cli.status;

import org.jspecify.annotations.NullMarked;
