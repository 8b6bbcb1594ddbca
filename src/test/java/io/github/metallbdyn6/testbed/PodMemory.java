package io.github.metallbdyn6.testbed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The memory that a pod may use, for a process of this machine: a control group where one can be
 * made, whose limit the kernel enforces; elsewhere a look at the most that the process ever had.
 */
public final class PodMemory implements AutoCloseable {
  /** The limit in the Deployment. */
  public static final long LIMIT = 192L * 1024 * 1024;

  /** Where control groups of version 1 and 2 are, and the names of their limit and peak. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.max_usage_in_bytes"),
          new Kind("/sys/fs/cgroup", "memory.max", "memory.peak"));

  private record Kind(String root, String limit, String peak) {}

  private final Path status;
  private final Optional<Path> group;
  private final String peak;

  private PodMemory(ProgramProcess program, Optional<Path> group, String peak) {
    this.status = Path.of("/proc", String.valueOf(program.pid()), "status");
    this.group = group;
    this.peak = peak;
  }

  /** From now on this program has no more than a pod. */
  public static PodMemory limit(ProgramProcess program) {
    for (Kind kind : KINDS) {
      Path group = Path.of(kind.root(), "metallb-dyn6-" + program.pid());
      try {
        Files.createDirectory(group);
        Files.writeString(group.resolve(kind.limit()), String.valueOf(LIMIT));
        Files.writeString(group.resolve("cgroup.procs"), String.valueOf(program.pid()));
        return new PodMemory(program, Optional.of(group), kind.peak());
      } catch (IOException e) {
        group.toFile().delete(); // another kind, or none
      }
    }
    return new PodMemory(program, Optional.empty(), "");
  }

  /** Returns the most that it has used so far, in bytes. */
  public long peak() {
    try {
      return group.isPresent()
          ? Long.parseLong(Files.readString(group.get().resolve(peak)).strip())
          : mostResident();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long mostResident() throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /** A group can be removed once its processes have ended. */
  @Override
  public void close() {
    group.ifPresent(path -> await().until(() -> path.toFile().delete()));
  }
}
