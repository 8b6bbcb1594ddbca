/**
 * Makes {@code target/runtime}, what the image consists of: the jar, a JVM of only the modules that
 * it needs, its options, and an archive of the classes as they are in memory after a training run.
 */
package io.github.metallbdyn6.runtime;
