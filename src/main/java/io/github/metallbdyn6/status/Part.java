package io.github.metallbdyn6.status;

/** What an HTML element is made of. */
sealed interface Part permits Markup, Markup.Attribute {}
