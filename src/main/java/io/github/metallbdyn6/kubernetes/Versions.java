package io.github.metallbdyn6.kubernetes;

/** The order of {@code metadata.resourceVersion}. */
final class Versions {
  private Versions() {}

  /** Versions are numbers on every API server that there is; elsewhere the last word counts. */
  static boolean isNewer(String one, String other) {
    boolean numbers = one.matches("\\d{1,18}") && other.matches("\\d{1,18}");
    return numbers ? Long.parseLong(one) > Long.parseLong(other) : !one.equals(other);
  }
}
