package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts of the jar with the archive of classes that the manual has the user make. */
final class ArchiveBench {
  private static final String METALLB = "v0.15.2";
  private static final int TICK_MILLIS = 10;

  private final Candidate jar;
  private final Table table;
  private final Path folder;
  private final Path archive;

  ArchiveBench(Candidate jar, Table table, Path folder) {
    this.jar = jar;
    this.table = table;
    this.folder = folder;
    this.archive = folder.resolve("metallb-dyn6.jsa");
  }

  void run(int starts) throws Exception {
    make();
    Launch launch = jar.launch().with(List.of("-XX:SharedArchiveFile=" + archive));
    List<Duration> asked = new ArrayList<>();
    List<Duration> processor = new ArrayList<>();
    for (int start = 0; start < starts; start++) {
      try (Trial trial = new Trial(launch, folder, 60, METALLB)) {
        asked.add(trial.started());
        processor.add(Duration.ofMillis(trial.usage().cpuTicks() * TICK_MILLIS));
      }
    }
    table.enter("with an archive: start to first request, of " + starts, jar, Figure.of(asked));
    table.enter("with an archive: CPU until then", jar, Figure.of(processor));
    table.enter("the archive", jar, Figure.count("%d MB", Files.size(archive) >> 20));
  }

  private void make() throws Exception {
    Launch launch = jar.launch().with(List.of("-XX:ArchiveClassesAtExit=" + archive));
    try (Trial trial = new Trial(launch, folder, 1, METALLB)) {
      trial.started();
      trial.follow();
      trial.stop();
    }
    if (!Files.exists(archive)) {
      throw new IOException("the JVM has made no " + archive);
    }
  }
}
