package io.github.metallbdyn6.answer;

/**
 * A source's answer that must not be used. It changes nothing: the pool keeps the last good range.
 */
public final class RefusedAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why an answer is refused; the names appear in the log. */
  public enum Reason {
    /** Nothing, or only white space. */
    EMPTY,
    /** More text than any answer of this kind has. */
    TOO_LONG,
    /** Not in the form that this source answers in, or not an IPv6 address or prefix. */
    MALFORMED,
    /** More than one address. */
    SEVERAL,
    /** The source itself says that it failed. */
    FAILURE,
    /** Nobody has told it anything yet: a source that is told, and does not ask. */
    NOT_YET,
    /** An IPv4 address. */
    IPV4,
    /** An IPv4-mapped IPv6 address, {@code ::ffff:0:0/96} (RFC 4291, section 2.5.5.2). */
    IPV4_MAPPED,
    /**
     * An address with a zone index, {@code %eth0} (RFC 4007): it has a meaning on one host only.
     */
    ZONE,
    /** {@code ::} (RFC 4291, section 2.5.2). */
    UNSPECIFIED,
    /** {@code ::1} (RFC 4291, section 2.5.3). */
    LOOPBACK,
    /** {@code fe80::/10} (RFC 4291, section 2.5.6). */
    LINK_LOCAL,
    /** {@code ff00::/8} (RFC 4291, section 2.7). */
    MULTICAST,
    /** {@code fc00::/7} (RFC 4193). */
    UNIQUE_LOCAL,
    /** {@code 2001::/32} (RFC 4380): a tunnel. */
    TEREDO,
    /** {@code 2002::/16} (RFC 3056): a tunnel. */
    SIX_TO_FOUR,
    /** Outside {@code 2000::/3} (RFC 4291, section 2.4). */
    NOT_GLOBAL,
    /** A prefix length that no ISP delegates, or that does not fit the settings. */
    PREFIX_LENGTH,
    /** A prefix with bits behind its length. */
    HOST_BITS,
    /** Outside the prefixes that the user allows. */
    NOT_ALLOWED,
    /** Deprecated or no longer valid (RFC 8415, section 21.22), or lifetimes that cannot be. */
    LIFETIME,
    /** A router's own network is still on another prefix than the one that it was delegated. */
    STALE,
    /** Several sources were asked, and not enough of them answered the same prefix. */
    DISAGREEMENT
  }

  private final Reason reason;

  /** Creates a refusal with a sentence for the log. */
  public RefusedAnswer(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * Creates a refusal for a source's own word of failure; for {@code throwException} in a route.
   */
  public RefusedAnswer(String message) {
    this(Reason.FAILURE, message);
  }

  public Reason reason() {
    return reason;
  }
}
