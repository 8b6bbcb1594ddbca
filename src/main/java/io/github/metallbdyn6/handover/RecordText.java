package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text of a {@link HandoverRecord}. The program writes each record in one way only, and
 * exchanges one IPv6 address by another one; whatever differs from that is somebody else's.
 */
final class RecordText {
  /** Several times as long as a record of two addresses can be. */
  private static final int LONGEST = 1024;

  /** How version 1.0.0 called the only key that it knew. */
  private static final String PIN_OF_1_0_0 = "pin=ours";

  private static final String OLDER_PIN = "pin=" + ServiceAnnotations.PIN;

  private RecordText() {}

  static Optional<HandoverRecord> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return read(text)
        .filter(record -> record.toString().equals(text.replace(PIN_OF_1_0_0, OLDER_PIN)))
        .filter(RecordText::exchangesOneAddress);
  }

  private static Optional<HandoverRecord> read(String text) {
    Map<String, String> fields =
        Arrays.stream(text.split(";"))
            .map(field -> field.strip().split("=", 2))
            .collect(
                Collectors.toMap(
                    field -> field[0], field -> field.length > 1 ? field[1] : "", (a, b) -> a));
    try {
      Instant since = Instant.parse(fields.getOrDefault("since", ""));
      return Arrays.stream(Stage.values())
          .filter(stage -> fields.containsKey(stage.toString()))
          .findFirst()
          .map(
              stage ->
                  new HandoverRecord(
                      stage,
                      fields.getOrDefault("pool", ""),
                      fields.getOrDefault("by", ""),
                      new AddressList(fields.getOrDefault("to", "")),
                      new AddressList(fields.getOrDefault("from", "")),
                      pinOf(fields.getOrDefault("pin", "")),
                      numberOf(fields.getOrDefault("refusals", "")),
                      since));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Version 1.0.0 knew one key alone, and called it ours. */
  private static Optional<String> pinOf(String text) {
    return ServiceAnnotations.PINS.stream()
        .filter(
            key -> key.equals(text) || (key.equals(ServiceAnnotations.PIN) && "ours".equals(text)))
        .findFirst();
  }

  private static int numberOf(String text) {
    return text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 0;
  }

  private static boolean exchangesOneAddress(HandoverRecord record) {
    List<String> before = record.from().items();
    List<String> after = record.to().items();
    boolean same = before.size() == after.size();
    int exchanged = 0;
    for (int i = 0; same && i < before.size(); i++) {
      boolean kept = before.get(i).equals(after.get(i));
      exchanged += kept ? 0 : 1;
      same = kept || (isIpv6(before.get(i)) && isIpv6(after.get(i)));
    }
    boolean another = record.target().isPresent() && record.origin().isPresent();
    return same && another && exchanged == 1;
  }

  private static boolean isIpv6(String text) {
    return Ipv6Address.parse(text).isPresent();
  }
}
