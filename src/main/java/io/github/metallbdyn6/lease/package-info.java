/** The leader of several replicas, decided by a Lease and by clocks that only go forward. */
@NullMarked
package io.github.metallbdyn6.lease;

import org.jspecify.annotations.NullMarked;
