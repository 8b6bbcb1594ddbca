package io.github.metallbdyn6.testbed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The memory and the processor time that a pod may use: a control group, whose limits the kernel
 * enforces.
 */
public final class ControlGroup implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final int PERIOD_MICROS = 100_000;

  /** Version 2 has one tree of groups, version 1 a tree for each resource. */
  private static final boolean ONE_TREE = !Files.isDirectory(ROOT.resolve("memory"));

  private final Path memory;
  private final Path processor;

  private ControlGroup(String what) {
    String name = "metallb-dyn6-%s-%d".formatted(what, ProcessHandle.current().pid());
    memory = ONE_TREE ? ROOT.resolve(name) : ROOT.resolve("memory").resolve(name);
    processor = ONE_TREE ? memory : ROOT.resolve("cpu").resolve(name);
  }

  /**
   * Makes a group.
   *
   * @param what is in it, as a part of its name
   * @throws IOException where that is not possible, as without root
   */
  public static ControlGroup make(String what) throws IOException {
    ControlGroup group = new ControlGroup(what);
    try {
      group.create();
      return group;
    } catch (IOException e) {
      group.folders().forEach(folder -> folder.toFile().delete());
      throw e;
    }
  }

  private void create() throws IOException {
    if (ONE_TREE) {
      Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+cpu +memory");
    }
    for (Path folder : folders()) {
      Files.createDirectory(folder);
    }
  }

  /** Makes a group if that is possible here; otherwise says on the console why it is not. */
  public static Optional<ControlGroup> tryToMake(String what) {
    try {
      return Optional.of(make(what));
    } catch (IOException e) {
      System.out.printf("No control group, which takes root and cgroup v1 or v2: %s%n", e);
      return Optional.empty();
    }
  }

  private List<Path> folders() {
    return Stream.of(memory, processor).distinct().toList();
  }

  /** From now on its processes have no more memory. */
  public ControlGroup memory(long bytes) throws IOException {
    write(memory, ONE_TREE ? "memory.max" : "memory.limit_in_bytes", String.valueOf(bytes));
    return this;
  }

  /** From now on its processes have no more processor time, in thousandths of a processor. */
  public ControlGroup processor(int millis) throws IOException {
    int quota = PERIOD_MICROS / 1000 * millis;
    if (ONE_TREE) {
      write(processor, "cpu.max", quota + " " + PERIOD_MICROS);
    } else {
      write(processor, "cpu.cfs_period_us", String.valueOf(PERIOD_MICROS));
      write(processor, "cpu.cfs_quota_us", String.valueOf(quota));
    }
    return this;
  }

  private static void write(Path group, String file, String text) throws IOException {
    Files.writeString(group.resolve(file), text);
  }

  /** Takes a process in that runs already. */
  void take(long pid) throws IOException {
    for (Path folder : folders()) {
      write(folder, "cgroup.procs", String.valueOf(pid));
    }
  }

  /** Returns the same launch, which is in the group from its first instruction on. */
  public Launch launch(Launch launch) {
    String join =
        folders().stream()
            .map(folder -> "echo $$ > " + folder.resolve("cgroup.procs"))
            .collect(Collectors.joining(" && "));
    List<String> java = new ArrayList<>(List.of("/bin/sh", "-c", join + " && exec \"$0\" \"$@\""));
    java.addAll(launch.java());
    return new Launch(java, launch.jar(), launch.directory());
  }

  /** Returns the most memory that it has used so far, in bytes. */
  public long peak() {
    return number(memory.resolve(ONE_TREE ? "memory.peak" : "memory.max_usage_in_bytes"));
  }

  private static long number(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A group can be removed once its processes have ended. */
  @Override
  public void close() {
    folders().forEach(folder -> await().until(() -> folder.toFile().delete()));
  }
}
