/** The management port: what can be seen of the running program over HTTP. */
@NullMarked
package io.github.metallbdyn6.management;

import org.jspecify.annotations.NullMarked;
