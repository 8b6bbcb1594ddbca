/** Tells people about passes: once, in words, with what to do. */
@NullMarked
package io.github.metallbdyn6.report;

import org.jspecify.annotations.NullMarked;
