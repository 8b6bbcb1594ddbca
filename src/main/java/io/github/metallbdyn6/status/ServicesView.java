package io.github.metallbdyn6.status;

import static java.util.stream.Collectors.toMap;

import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.report.Sighting;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.text.Redaction;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The services of the pool.
 *
 * @param visible whether the program can see services
 * @param counts how many are in which condition
 * @param list the services, those in trouble first; of many, not all
 */
public record ServicesView(boolean visible, Map<String, Long> counts, List<Line> list) {
  private static final int SHOWN = 100;

  public ServicesView {
    counts = new TreeMap<>(counts);
    list = List.copyOf(list);
  }

  /**
   * A service.
   *
   * @param name namespace and name
   * @param condition the word of a {@link ServiceCondition.Kind}
   * @param title the same for people
   * @param addresses the addresses that it has
   * @param requested the addresses that it requests; empty for none in particular
   * @param since since when the condition is seen
   * @param reason why it is not as it should be; empty where it is
   * @param advice what a person can do; empty where nobody has to
   */
  public record Line(
      String name,
      String condition,
      String title,
      List<String> addresses,
      String requested,
      Instant since,
      String reason,
      String advice) {
    public Line {
      addresses = List.copyOf(addresses);
    }
  }

  static ServicesView of(Status now) {
    List<Sighting> seen = now.services().orElse(List.of());
    return new ServicesView(
        now.services().isPresent(),
        now.serviceCounts().entrySet().stream()
            .collect(toMap(entry -> entry.getKey().toString(), Map.Entry::getValue)),
        seen.stream().sorted(worstFirst()).limit(SHOWN).map(ServicesView::line).toList());
  }

  static List<String> in(AddressRange range, Status now) {
    return now.services().orElse(List.of()).stream()
        .map(it -> it.condition().service())
        .filter(service -> service.addressIn(List.of(range)).isPresent())
        .limit(SHOWN)
        .map(Object::toString)
        .toList();
  }

  private static Comparator<Sighting> worstFirst() {
    return Comparator.comparing((Sighting it) -> it.condition().kind())
        .reversed()
        .thenComparing(it -> it.condition().service().toString());
  }

  private static Line line(Sighting sighting) {
    ServiceCondition condition = sighting.condition();
    return new Line(
        condition.service().toString(),
        condition.kind().toString(),
        condition.kind().title(),
        condition.service().ingress(),
        Redaction.of(condition.service().requested()),
        sighting.since(),
        Redaction.of(condition.reason()),
        condition.advice());
  }
}
