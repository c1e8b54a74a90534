@NullMarked
package dev.colophon.flow.source;

import org.jspecify.annotations.NullMarked;
