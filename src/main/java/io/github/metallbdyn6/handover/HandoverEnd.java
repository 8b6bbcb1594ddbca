package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ends moves for good, where no program is left to go on with them: a service that has arrived
 * stays there, any other one goes back. Nothing of ours stays on a service.
 *
 * @param pool namespace and name of the pool
 * @param ours the ranges that the pool holds for us
 * @param patience how long MetalLB may take
 */
public record HandoverEnd(String pool, List<AddressRange> ours, Duration patience) {

  /**
   * The steps that are due now.
   *
   * @param patches what to send
   * @param waiting the services that it is MetalLB's turn with
   */
  public record Steps(List<ServicePatch> patches, List<ServiceState> waiting) {
    public Steps {
      patches = List.copyOf(patches);
      waiting = List.copyOf(waiting);
    }

    /** Returns the services that still carry something of ours. */
    public List<ServiceState> unfinished() {
      return Stream.concat(patches.stream().map(ServicePatch::service), waiting.stream()).toList();
    }
  }

  public HandoverEnd {
    ours = List.copyOf(ours);
  }

  /** Finds the steps for services of type LoadBalancer. */
  public Steps plan(Collection<ServiceState> services, Instant now) {
    Map<ServiceState, Step> steps = new LinkedHashMap<>();
    services.stream()
        .filter(this::isOurs)
        .forEach(it -> steps.put(it, Step.orProblem(it, service -> stepFor(service, now))));
    return new Steps(
        steps.values().stream().map(Step::patch).flatMap(Optional::stream).toList(),
        steps.entrySet().stream()
            .filter(it -> it.getValue().patch().isEmpty())
            .map(Map.Entry::getKey)
            .toList());
  }

  /** A text that no program can read is litter, unless it names another pool. */
  private boolean isOurs(ServiceState service) {
    String text = service.annotation(ServiceAnnotations.RECORD);
    return !text.isEmpty()
        && HandoverRecord.parse(text)
            .map(record -> record.pool().isEmpty() ? isUnderOurs(record) : isPool(record.pool()))
            .orElseGet(() -> !text.contains("pool=") || text.contains("pool=" + pool + ";"));
  }

  private boolean isPool(String name) {
    return name.equals(pool);
  }

  private boolean isUnderOurs(HandoverRecord record) {
    return Stream.concat(record.target().stream(), record.origin().stream())
        .anyMatch(address -> ours.stream().anyMatch(address::isIn));
  }

  private Step stepFor(ServiceState service, Instant now) {
    Optional<HandoverRecord> record =
        HandoverRecord.parse(service.annotation(ServiceAnnotations.RECORD));
    return record.isEmpty()
        ? Step.patch(new PatchDraft(service).forget().as(Kind.RELEASE))
        : stepFor(service, record.get(), now);
  }

  private Step stepFor(ServiceState service, HandoverRecord record, Instant now) {
    boolean overdue = !now.isBefore(record.since().plus(patience));
    return switch (record.stage()) {
      case MOVING -> moving(service, record, overdue, now);
      case RETURNING ->
          overdue || service.addresses().isSameAs(record.from())
              ? release(service, record)
              : Step.WAIT;
      case GIVEN_UP -> release(service, record);
    };
  }

  private Step moving(ServiceState service, HandoverRecord record, boolean overdue, Instant now) {
    if (service.addresses().isSameAs(record.to())
        || !record.isRequested(service, service.asked())) {
      return release(service, record);
    }
    if (!overdue && !service.ingress().isEmpty()) {
      return Step.WAIT; // MetalLB may just be giving it the new address
    }
    PatchDraft back = new PatchDraft(service).pins(it -> originFor(it, record));
    return service.addresses().isSameAs(record.from())
        ? Step.patch(back.withoutOwnPin(record).forget().as(Kind.RELEASE))
        : Step.patch(returning(back, record, now));
  }

  /** MetalLB has refused: it gives the old addresses again only if they are requested. */
  private static ServicePatch returning(PatchDraft back, HandoverRecord record, Instant now) {
    record.ownPin().ifPresent(key -> back.ownPin(key, record.from()));
    return back.record(record.at(Stage.RETURNING, now)).as(Kind.RETURN);
  }

  private static Ipv6Address originFor(Ipv6Address requested, HandoverRecord record) {
    boolean isTarget = record.target().filter(requested::equals).isPresent();
    return isTarget ? record.origin().orElse(requested) : requested;
  }

  private static Step release(ServiceState service, HandoverRecord record) {
    return Step.patch(new PatchDraft(service).withoutOwnPin(record).forget().as(Kind.RELEASE));
  }
}
