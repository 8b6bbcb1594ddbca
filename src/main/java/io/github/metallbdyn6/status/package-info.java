/** Shows how the program stands, to people as a page and to machines as JSON. */
@NullMarked
package io.github.metallbdyn6.status;

import org.jspecify.annotations.NullMarked;
