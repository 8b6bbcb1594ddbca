/** Of several replicas, which one leads: decided by a Lease and by clocks that only go forward. */
@NullMarked
package io.github.metallbdyn6.lease;

import org.jspecify.annotations.NullMarked;
