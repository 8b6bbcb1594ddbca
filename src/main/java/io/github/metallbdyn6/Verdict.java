package io.github.metallbdyn6;

/**
 * The result of a check.
 *
 * @param isRight whether all is right
 * @param text for the user, with every problem, or with what may surprise
 */
record Verdict(boolean isRight, String text) {}
