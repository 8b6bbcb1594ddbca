/** Measures the program, under the names and with the units that Prometheus users expect. */
@NullMarked
package io.github.metallbdyn6.metrics;

import org.jspecify.annotations.NullMarked;
