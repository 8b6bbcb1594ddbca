/**
 * The files of {@code routes/} while the program runs: read, checked as a whole, and taken over
 * between two passes.
 */
@NullMarked
package io.github.metallbdyn6.routing;

import org.jspecify.annotations.NullMarked;
