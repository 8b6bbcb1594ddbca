package io.github.metallbdyn6.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resources that a process takes of the machine, as of proc(5).
 *
 * @param residentKb resident memory
 * @param mostResidentKb the most that it ever was
 * @param anonymousKb the part of it that no file stands behind
 * @param threads its threads
 * @param openFiles its open files and sockets
 * @param cpuTicks user and system time since its start, in ticks of 10 ms
 */
record Usage(
    long residentKb,
    long mostResidentKb,
    long anonymousKb,
    long threads,
    long openFiles,
    long cpuTicks) {

  static Usage of(long pid) throws IOException {
    Path proc = Path.of("/proc", String.valueOf(pid));
    List<String> status = Files.readAllLines(proc.resolve("status"));
    String stat = Files.readString(proc.resolve("stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return new Usage(
          field(status, "VmRSS"),
          field(status, "VmHWM"),
          field(status, "RssAnon"),
          field(status, "Threads"),
          files.count(),
          Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)));
    }
  }

  private static long field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return "resident %d MB, of it anonymous %d MB; %d threads, %d open files"
        .formatted(residentKb / 1024, anonymousKb / 1024, threads, openFiles);
  }
}
