/** Reads the program's settings and routes out of the manifests that are to be applied. */
@NullMarked
package io.github.metallbdyn6.manifest;

import org.jspecify.annotations.NullMarked;
