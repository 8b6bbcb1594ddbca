/** Prepares texts for people: without secrets, and short. */
@NullMarked
package io.github.metallbdyn6.text;

import org.jspecify.annotations.NullMarked;
