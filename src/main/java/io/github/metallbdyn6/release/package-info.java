/** Takes the program's traces off the pool and off services, before it is removed. */
@NullMarked
package io.github.metallbdyn6.release;

import org.jspecify.annotations.NullMarked;
