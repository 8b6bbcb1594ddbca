/** What every source needs before its answer can be judged. */
@NullMarked
package io.github.metallbdyn6.source;

import org.jspecify.annotations.NullMarked;
