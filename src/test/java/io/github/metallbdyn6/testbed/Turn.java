package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A turn at the MetalLB that runs in a cluster of the user's: test classes run in several JVMs, and
 * all of them would have a pool of one name in its namespace.
 */
final class Turn implements AutoCloseable {
  private final FileChannel file;

  private Turn(FileChannel file) {
    this.file = file;
  }

  /** Waits for it. */
  static Turn take() {
    Path path = Path.of(System.getProperty("java.io.tmpdir"), "metallb-dyn6-metallb.lock");
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      file.lock();
      return new Turn(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
