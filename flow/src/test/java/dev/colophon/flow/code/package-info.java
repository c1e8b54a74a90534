@NullMarked
package dev.colophon.flow.code;

import org.jspecify.annotations.NullMarked;
