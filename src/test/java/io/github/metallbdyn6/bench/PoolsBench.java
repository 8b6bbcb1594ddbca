package io.github.metallbdyn6.bench;

import java.nio.file.Path;
import java.util.List;

/** One program for 1, 10 and 50 pools, each of which an annotation asks for. */
final class PoolsBench {
  private static final List<Integer> NUMBERS = List.of(1, 10, 50);
  private static final int IDLE_PASSES = 10;

  private final List<Candidate> candidates;
  private final Table table;
  private final Path folder;

  PoolsBench(List<Candidate> candidates, Table table, Path folder) {
    this.candidates = candidates;
    this.table = table;
    this.folder = folder;
  }

  void run() throws Exception {
    for (int pools : NUMBERS) {
      for (Candidate candidate : candidates) {
        measure(candidate, pools);
      }
    }
  }

  private void measure(Candidate candidate, int pools) throws Exception {
    try (PoolsTrial trial = new PoolsTrial(candidate.launch(), folder, pools)) {
      trial.change();
      int before = trial.requests();
      enter(pools, "source's answer to the last pool patched", candidate, trial.change());
      trial.awaitPasses(1);
      int changed = trial.requests();
      trial.awaitPasses(IDLE_PASSES);
      Usage usage = trial.usage();
      enter(pools, "API requests of a change", candidate, Figure.count("%d", changed - before));
      enter(
          pools,
          "API requests per idle pass",
          candidate,
          Figure.of("%.2f", (trial.requests() - changed) / (double) IDLE_PASSES));
      enter(pools, "resident after two changes", candidate, Figure.megabytes(usage.residentKb()));
      enter(pools, "of it anonymous", candidate, Figure.megabytes(usage.anonymousKb()));
      enter(pools, "threads", candidate, Figure.count("%d", usage.threads()));
    }
  }

  private void enter(int pools, String row, Candidate candidate, Figure figure) {
    table.enter("%d pool%s: %s".formatted(pools, pools == 1 ? "" : "s", row), candidate, figure);
  }
}
