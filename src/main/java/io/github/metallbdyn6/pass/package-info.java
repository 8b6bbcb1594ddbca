/**
 * One run of the program, as the data that its steps hand on, and what its failures say to people.
 * Pure: no I/O, no clock, no Camel, no Kubernetes.
 */
@NullMarked
package io.github.metallbdyn6.pass;

import org.jspecify.annotations.NullMarked;
