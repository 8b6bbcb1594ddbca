/** Asks sources, as far as every source needs it, before an answer is judged. */
@NullMarked
package io.github.metallbdyn6.source;

import org.jspecify.annotations.NullMarked;
