package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.ControlGroup;
import io.github.metallbdyn6.testbed.PodMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts with a fifth of a processor and a pod's memory, as on a small board that is busy. */
final class BoardBench {
  private static final int MILLIS_OF_A_PROCESSOR = 200;
  private static final int STARTS = 3;
  private static final String METALLB = "v0.15.2";

  private final List<Candidate> candidates;
  private final Table table;
  private final Path folder;

  BoardBench(List<Candidate> candidates, Table table, Path folder) {
    this.candidates = candidates;
    this.table = table;
    this.folder = folder;
  }

  void run() throws Exception {
    for (Candidate candidate : candidates) {
      Optional<ControlGroup> group = ControlGroup.tryToMake("board");
      if (group.isEmpty()) {
        System.out.println("The rows of the group board are left out.");
        return;
      }
      try (ControlGroup board = group.get().processor(MILLIS_OF_A_PROCESSOR)) {
        measure(candidate, candidate.fitsIntoPod() ? board.memory(PodMemory.LIMIT) : board);
      }
    }
  }

  private void measure(Candidate candidate, ControlGroup board) throws Exception {
    List<Duration> probed = new ArrayList<>();
    List<Duration> asked = new ArrayList<>();
    long resident = 0;
    for (int start = 0; start < STARTS; start++) {
      try (Trial trial = new Trial(board.launch(candidate.launch()), folder, 60, METALLB)) {
        probed.add(trial.probed());
        asked.add(trial.started());
        resident = Math.max(resident, trial.usage().mostResidentKb());
      }
    }
    table.enter(
        "with 0.2 of a processor: start to first request, of %d".formatted(STARTS),
        candidate,
        Figure.of(asked));
    table.enter(
        "start to a startup probe that succeeds, for which the Deployment allows %d s"
            .formatted(StartupProbe.ofDeployment().allowed().toSeconds()),
        candidate,
        Figure.of(probed));
    table.enter("resident then, at most", candidate, Figure.megabytes(resident));
  }
}
