/**
 * Judges what a source said: which prefix it is, and whether an ISP can have delegated it. Pure: no
 * I/O, no clock, no Camel.
 */
@NullMarked
package io.github.metallbdyn6.answer;

import org.jspecify.annotations.NullMarked;
