package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the README prints for its readers to copy. */
public final class ReadmeBlock {
  private ReadmeBlock() {}

  /** Returns the block behind the line that names this file. */
  public static String of(String file) throws IOException {
    Matcher block =
        Pattern.compile(
                "`%s`[^\\n]*\\n\\n```\\w*\\n(.*?)```".formatted(Pattern.quote(file)),
                Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    if (!block.find()) {
      throw new IllegalArgumentException("README.md has no block for " + file);
    }
    return block.group(1);
  }
}
