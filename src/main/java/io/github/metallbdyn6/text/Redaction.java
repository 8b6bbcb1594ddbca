package io.github.metallbdyn6.text;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;

/** Takes out of a text for people what may be secret in its URLs: users, passwords, queries. */
public final class Redaction {
  private static final Pattern USER = Pattern.compile("//[^/\\s@]*@");
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"']+");

  private Redaction() {}

  /** Returns the text without them. */
  public static String of(String text) {
    return QUERY.matcher(USER.matcher(text).replaceAll("//")).replaceAll("?...");
  }

  /** Messages of exceptions have whole URLs in them. */
  public static String ofTrace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return of(trace.toString());
  }
}
