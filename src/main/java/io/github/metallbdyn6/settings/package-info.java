/** Reads what the user wants: every setting, its meaning, and whether its value can be right. */
@NullMarked
package io.github.metallbdyn6.settings;

import org.jspecify.annotations.NullMarked;
