@NullMarked
package dev.colophon.flow.dataset;

import org.jspecify.annotations.NullMarked;
