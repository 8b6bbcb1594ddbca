/**
 * The server of both HTTP ports, made for short questions and short answers. One thread does all
 * that waits for the network, and nothing of a connection outlives its answer: one request, one
 * answer, and the connection is closed.
 */
@NullMarked
package io.github.metallbdyn6.http;

import org.jspecify.annotations.NullMarked;
