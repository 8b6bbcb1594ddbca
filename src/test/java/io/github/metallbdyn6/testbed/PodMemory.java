package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The memory that a pod may use, for a process of this machine: a control group where one can be
 * made, whose limit the kernel enforces; elsewhere a look at the most that the process ever had.
 */
public final class PodMemory implements AutoCloseable {
  /** The limit in the Deployment. */
  public static final long LIMIT = 192L * 1024 * 1024;

  private final Path status;
  private final Optional<ControlGroup> group;

  private PodMemory(ProgramProcess program, Optional<ControlGroup> group) {
    this.status = Path.of("/proc", String.valueOf(program.pid()), "status");
    this.group = group;
  }

  /** From now on this program has no more than a pod. */
  public static PodMemory limit(ProgramProcess program) {
    Optional<ControlGroup> group = ControlGroup.tryToMake("of-" + program.pid());
    try {
      if (group.isPresent()) {
        group.get().memory(LIMIT).take(program.pid());
      }
      return new PodMemory(program, group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the most that it has used so far, in bytes. */
  public long peak() {
    return group.map(ControlGroup::peak).orElseGet(this::mostResident);
  }

  private long mostResident() {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    group.ifPresent(ControlGroup::close);
  }
}
