package io.github.metallbdyn6.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Parses JSON that anybody on the way to the source may have written. Its depth is limited: each
 * level takes some of the thread's stack, and no router or web service needs more than ten.
 */
public final class JsonAnswer {
  private static final int LEVELS = 32;

  private static final JsonFactory LIMITED =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(LEVELS).build())
          .build();

  /** For routers, which answer with much more than is asked for. */
  static final JsonMapper PLAIN = JsonMapper.builder(LIMITED.copy()).build();

  /** One document, no field twice: what is read must be all that was said. */
  public static final JsonMapper STRICT =
      JsonMapper.builder(LIMITED.copy())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonAnswer() {}
}
