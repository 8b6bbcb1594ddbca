package io.github.metallbdyn6.settings;

import java.util.function.Consumer;

/**
 * The type of a setting's value.
 *
 * @param unit what a value looks like, with its unit
 * @param check throws an IllegalArgumentException with a phrase that says what is wrong
 */
record ValueType(String unit, Consumer<String> check) {
  static final ValueType SWITCH = new ValueType("true or false", Checks::trueOrFalse);

  /** A whole number of something. */
  static ValueType number(String unit, int least, int most) {
    return new ValueType(
        unit + ", " + least + " to " + most, value -> Checks.number(value, least, most));
  }

  static ValueType text(String unit, Consumer<String> check) {
    return new ValueType(unit, check);
  }
}
