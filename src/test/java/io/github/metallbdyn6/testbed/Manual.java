package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts for users: the README and the pages of the manual. */
public final class Manual {
  private static final Path README = Path.of("README.md");
  private static final Path PAGES = Path.of("src", "site", "markdown");

  private Manual() {}

  /** Returns all of it. */
  public static String text() throws IOException {
    return String.join("\n", files().values());
  }

  /** Returns one page by its name, such as {@code settings}. */
  public static String page(String name) throws IOException {
    return Files.readString(PAGES.resolve(name + ".md"));
  }

  /** Returns the text of each file. */
  public static Map<Path, String> files() throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    texts.put(README, Files.readString(README));
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.toList()) {
        texts.put(page, Files.readString(page));
      }
    }
    return texts;
  }

  /** Returns the block to copy behind the line that names this file. */
  public static String block(String file) throws IOException {
    Matcher block =
        Pattern.compile(
                "`%s`[^\\n]*\\n\\n```\\w*\\n(.*?)```".formatted(Pattern.quote(file)),
                Pattern.DOTALL)
            .matcher(text());
    if (!block.find()) {
      throw new IllegalArgumentException("the manual has no block for " + file);
    }
    return block.group(1);
  }
}
