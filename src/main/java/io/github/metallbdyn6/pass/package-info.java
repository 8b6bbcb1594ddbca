/** When a pass begins, and that there is only one at a time. */
@NullMarked
package io.github.metallbdyn6.pass;

import org.jspecify.annotations.NullMarked;
