package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServicePatch.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenRecordsTest {
  private static final String RECORD =
      "moving; to=2001:db8:b::1001; from=2001:db8:a::1001; pin=yours; since=2026-11-22T20:00:%02dZ";

  private final WrittenRecords written = new WrittenRecords();
  private final LiveService web = LiveService.at("web", "2001:db8:a::1001");

  private static LiveService with(LiveService service, int second) {
    return service.annotated(ServiceAnnotations.RECORD, RECORD.formatted(second));
  }

  private void write(LiveService service, int second) {
    HandoverRecord record = HandoverRecord.parse(RECORD.formatted(second)).orElseThrow();
    written.note(Step.patch(new PatchDraft(service.state()).record(record).as(Kind.MOVE)));
  }

  @Test
  void areThoseOfTheFirstLookAndThoseWrittenSince() {
    written.look(List.of(with(web, 1).state()));
    assertThat(written.isOn(with(web, 1).state())).isTrue();
    assertThat(written.isOn(with(web, 2).state())).isFalse();

    write(web, 2);

    assertThat(written.isOn(with(web, 2).state())).isTrue();
    assertThat(written.isOn(web.state())).isFalse();
  }

  @Test
  void areNotThoseThatOthersWriteLaterOrOnAnotherService() {
    written.look(List.of(web.state()));
    written.look(List.of(with(web, 1).state()));
    assertThat(written.isOn(with(web, 1).state())).isFalse();

    write(web, 1);

    assertThat(written.isOn(with(LiveService.at("evil/web"), 1).state())).isFalse();
  }

  @Test
  void areTheLastOnesOfServicesThatAreThere() {
    written.look(List.of(web.state()));
    for (int second = 0; second < 10; second++) {
      write(web, second);
    }
    assertThat(written.isOn(with(web, 1).state())).isFalse();
    assertThat(written.isOn(with(web, 2).state())).isTrue();

    written.look(List.of());

    assertThat(written.isOn(with(web, 9).state())).isFalse();
  }
}
