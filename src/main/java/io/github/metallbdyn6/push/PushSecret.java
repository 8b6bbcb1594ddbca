package io.github.metallbdyn6.push;

import io.github.metallbdyn6.push.PushRequest.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The secret of a caller: a token, or user and password, or either. Kept and compared as hashes,
 * which takes as long for a guess that is nearly right as for any other.
 */
final class PushSecret {
  private static final int SHORTEST = 12;

  /** Routers do not escape what stands for something in a URL. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]*");

  private static final String WAYS =
      "METALLB_DYN6_PUSH_TOKEN, or METALLB_DYN6_PUSH_USER and METALLB_DYN6_PUSH_PASSWORD";

  private final boolean hasToken;
  private final boolean hasLogin;
  private final byte[] token;
  private final byte[] login;

  /**
   * Takes what the user has set; what is not set is empty.
   *
   * @throws IllegalArgumentException with a sentence when nothing is set, half of it, or something
   *     that can be guessed or that a router would not send as it is
   */
  PushSecret(String token, String user, String password) {
    hasToken = !token.isEmpty();
    hasLogin = !password.isEmpty();
    require(
        hasToken || hasLogin || !user.isEmpty(),
        "the source push takes no calls without a secret: set %s; for example: METALLB_DYN6_PUSH_TOKEN=$(openssl rand -hex 16)"
            .formatted(WAYS));
    require(
        hasLogin == !user.isEmpty(),
        "METALLB_DYN6_PUSH_USER and METALLB_DYN6_PUSH_PASSWORD go only together: set both or none");
    requireGood("METALLB_DYN6_PUSH_TOKEN", token);
    requireGood("METALLB_DYN6_PUSH_PASSWORD", password);
    this.token = hash(token);
    this.login = login(user, password);
  }

  private static void requireGood(String variable, String secret) {
    require(
        secret.isEmpty() || secret.length() >= SHORTEST,
        "%s has fewer than %d characters, so that it could be guessed"
            .formatted(variable, SHORTEST));
    require(
        PLAIN.matcher(secret).matches(),
        variable
            + " may have letters, digits and - . _ ~ in it, since routers put it into a URL as it is");
  }

  private static void require(boolean right, String problem) {
    if (!right) {
      throw new IllegalArgumentException(problem);
    }
  }

  /**
   * Tells whether any of these are the right ones. All are compared, so that the time it takes does
   * not tell which were.
   */
  boolean acceptsAny(List<Credentials> given) {
    boolean accepted = false;
    for (Credentials candidate : given) {
      accepted |= accepts(candidate);
    }
    return accepted;
  }

  /** A token may be given with any user, or none. */
  boolean accepts(Credentials given) {
    boolean isToken = MessageDigest.isEqual(hash(given.secret()), token);
    boolean isLogin = MessageDigest.isEqual(login(given.user(), given.secret()), login);
    return (hasToken && isToken) || (hasLogin && isLogin);
  }

  private static byte[] login(String user, String password) {
    return hash(user + "\n" + password);
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
