package io.github.metallbdyn6.status;

/** A part of an HTML element. */
sealed interface Part permits Markup, Markup.Attribute {}
