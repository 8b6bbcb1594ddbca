/** What is said to people about a pass: once, in words, with what to do. */
@NullMarked
package io.github.metallbdyn6.report;

import org.jspecify.annotations.NullMarked;
