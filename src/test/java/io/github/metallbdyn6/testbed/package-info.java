/**
 * The program's surroundings in real life, on this machine: a Kubernetes API server, MetalLB's
 * pods, an ISP. Used by the tests, the demo and the benchmark. Everything listens on loopback, on a
 * free port.
 */
package io.github.metallbdyn6.testbed;
