package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerNews;
import java.util.LinkedHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Calls the followers' routes. */
final class FollowerRoutes {
  private static final String ROUTE = "direct:follower-";

  private final ProducerTemplate producer;

  FollowerRoutes(CamelContext context) {
    producer = context.createProducerTemplate();
  }

  /** Tells a follower news, and returns why that failed; null after a success. */
  @Nullable Throwable tell(String name, FollowerNews news) {
    try {
      return producer
          .send(
              ROUTE + name,
              exchange -> {
                exchange.getMessage().setHeaders(new LinkedHashMap<>(news.headers()));
                exchange.getMessage().setBody(news.text());
              })
          .getException();
    } catch (RuntimeException | Error e) {
      return e;
    }
  }
}
