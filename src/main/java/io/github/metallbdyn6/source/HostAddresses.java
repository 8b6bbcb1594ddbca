package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The IPv6 addresses of this host as Linux tells them in {@code /proc/net/if_inet6}. */
public final class HostAddresses {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{32})( [0-9a-f]{2,8}){2} ([0-9a-f]{2}) ([0-9a-f]{2,8}) +(\\S+)");

  private static final String GLOBAL = "00";

  /** IFA_F_TEMPORARY: a privacy address, which changes by itself. */
  private static final int TEMPORARY = 0x01;

  /** IFA_F_DADFAILED: somebody else has it, too. */
  private static final int DUPLICATE = 0x08;

  /** IFA_F_DEPRECATED: its preferred lifetime is over. */
  private static final int DEPRECATED = 0x20;

  /** IFA_F_TENTATIVE: nobody knows yet whether somebody else has it. */
  private static final int TENTATIVE = 0x40;

  private static final int UNUSABLE = TEMPORARY | DUPLICATE | DEPRECATED | TENTATIVE;

  private HostAddresses() {}

  /**
   * Returns the global addresses that are meant to last, one in each line.
   *
   * @param table the file
   * @param name the interface's; empty for all of them
   * @throws RefusedAnswer when there is none
   * @throws IOException when the file cannot be read
   */
  public static String read(String table, String name) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(table));
    String addresses =
        lines.stream()
            .map(LINE::matcher)
            .filter(line -> line.matches())
            .filter(line -> name.isEmpty() || line.group(5).equals(name))
            .filter(line -> line.group(3).equals(GLOBAL))
            .filter(line -> (Integer.parseUnsignedInt(line.group(4), 16) & UNUSABLE) == 0)
            .map(line -> line.group(1).replaceAll("(.{4})(?=.)", "$1:"))
            .collect(Collectors.joining("\n"));
    if (addresses.isEmpty()) {
      throw new RefusedAnswer(
          Reason.EMPTY, "no lasting global IPv6 address on " + where(lines, name));
    }
    return addresses;
  }

  private static String where(List<String> lines, String name) {
    String names =
        lines.stream()
            .map(line -> line.replaceFirst(".* ", ""))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return (name.isEmpty() ? "any interface" : "interface " + name)
        + "; interfaces with IPv6: "
        + (names.isEmpty() ? "none" : names);
  }
}
