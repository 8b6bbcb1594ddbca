/** Tells followers what happened, and helps their routes to send it. */
@NullMarked
package io.github.metallbdyn6.telling;

import org.jspecify.annotations.NullMarked;
