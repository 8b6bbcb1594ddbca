/** Answers Camel's health checks: alive, ready, and how the last pass went. */
@NullMarked
package io.github.metallbdyn6.health;

import org.jspecify.annotations.NullMarked;
