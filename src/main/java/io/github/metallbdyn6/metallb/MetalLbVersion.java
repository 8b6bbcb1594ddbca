package io.github.metallbdyn6.metallb;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of MetalLB, as far as it matters here. */
public record MetalLbVersion(int major, int minor) implements Comparable<MetalLbVersion> {

  /** The first release whose controller and speakers apply a changed pool by themselves. */
  public static final MetalLbVersion APPLIES_POOL_ITSELF = new MetalLbVersion(0, 14);

  private static final Pattern TEXT = Pattern.compile("v?(\\d{1,2})\\.(\\d{1,4})(?:[.+-].*)?");

  /**
   * Reads {@code v0.14.8}, {@code 0.14.8-debian-12-r5} and the like; anything else, a date for
   * example, is unknown.
   */
  public static Optional<MetalLbVersion> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new MetalLbVersion(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Reads the tag of a container image's name; a digest alone tells nothing. */
  public static Optional<MetalLbVersion> ofImage(String image) {
    String name = image.replaceFirst("@.*", "");
    String last = name.substring(name.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0 ? Optional.empty() : parse(last.substring(colon + 1));
  }

  @Override
  public int compareTo(MetalLbVersion other) {
    return Comparator.comparingInt(MetalLbVersion::major)
        .thenComparingInt(MetalLbVersion::minor)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
