/**
 * Followers of the prefix besides the pool: which follower has been told which prefix, what it is
 * told, and the texts that followers write. Decisions only.
 */
@NullMarked
package io.github.metallbdyn6.follower;

import org.jspecify.annotations.NullMarked;
