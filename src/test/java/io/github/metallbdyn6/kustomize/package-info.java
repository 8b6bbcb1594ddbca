/**
 * Objects that {@code kubectl apply -k} would send, without a cluster: they are built by {@code
 * kubectl kustomize}, read as the API server would, and compared with what the program does.
 */
package io.github.metallbdyn6.kustomize;
