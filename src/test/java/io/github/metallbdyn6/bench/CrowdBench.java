package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.ControlGroup;
import io.github.metallbdyn6.testbed.PodMemory;
import io.github.metallbdyn6.testbed.RealParts;
import java.util.List;
import java.util.Optional;

/** Services, all of which move, in turns of the candidates, in a pod's memory. */
final class CrowdBench {
  private final int services;
  private final List<Candidate> candidates;
  private final Table table;

  CrowdBench(int services, List<Candidate> candidates, Table table) {
    this.services = services;
    this.candidates = candidates;
    this.table = table;
  }

  void run() throws Exception {
    if (!RealParts.areThere()) {
      System.out.printf(
          "The rows of %d services are left out: no real MetalLB is there.%n", services);
      return;
    }
    try (CrowdTrial crowd = new CrowdTrial(services)) {
      table.enter(
          "floor: MetalLB gives %d new services their addresses".formatted(services),
          Figure.of(List.of(crowd.assigned())));
      for (Candidate candidate : candidates) {
        measure(candidate, crowd);
      }
    }
  }

  private void measure(Candidate candidate, CrowdTrial crowd) throws Exception {
    Optional<ControlGroup> pod =
        candidate.fitsIntoPod() ? ControlGroup.tryToMake("crowd") : Optional.empty();
    if (pod.isEmpty()) {
      enter(candidate, crowd.move(candidate.launch()));
      return;
    }
    try (ControlGroup group = pod.get().memory(PodMemory.LIMIT)) {
      enter(candidate, crowd.move(group.launch(candidate.launch())));
      table.enter(
          "most memory of its control group while %d move, whose limit is that of the Deployment, %d MiB"
              .formatted(services, PodMemory.LIMIT >> 20),
          candidate,
          Figure.megabytes(group.peak() / 1024));
    }
  }

  private void enter(Candidate candidate, CrowdTrial.Move move) {
    table.enter(
        "source's answer to the last of %d services under the new prefix".formatted(services),
        candidate,
        Figure.of(List.of(move.lastArrived())));
    table.enter(
        "the same to the old range out of the pool, of %d".formatted(services),
        candidate,
        Figure.of(List.of(move.retired())));
    table.enter(
        "services that the log counts as moved, of %d".formatted(services),
        candidate,
        Figure.count("%d", move.counted()));
    table.enter(
        "resident while %d move, at most".formatted(services),
        candidate,
        Figure.megabytes(move.residentKb()));
  }
}
