package io.github.metallbdyn6.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;

/** Writes and reads what OpenWrt's ubus is asked by JSON-RPC. */
public final class Ubus {
  /** The session of a caller that has not logged in yet. */
  private static final String NOBODY = "0".repeat(32);

  /** In seconds, for which the router keeps the session; one question is asked in it. */
  private static final int SESSION_SECONDS = 30;

  /** UBUS_STATUS_PERMISSION_DENIED, for a wrong password, too. */
  private static final int DENIED = 6;

  /** UBUS_STATUS_NOT_FOUND. */
  private static final int NOT_FOUND = 4;

  /** How rpcd answers a question that the session may not ask. */
  private static final int ACCESS_DENIED = -32002;

  /** How it answers where there is no such object, so no such interface. */
  private static final int NO_OBJECT = -32000;

  private final Credentials credentials;

  /**
   * Creates the bean.
   *
   * @param credentials knows the password
   */
  public Ubus(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * Returns the question that logs in.
   *
   * @param password the key of the parameter that holds it
   * @throws RefusedAnswer when it is not set
   */
  public String login(String user, String password) throws JsonProcessingException {
    Map<String, Object> who =
        Map.of(
            "username", user, "password", credentials.value(password), "timeout", SESSION_SECONDS);
    return call(NOBODY, "session", "login", who);
  }

  /**
   * Returns the question for an interface's status.
   *
   * @param loggedIn the answer to {@link #login}
   * @param name the interface's, such as wan6
   * @throws RefusedAnswer when it was not let in
   * @throws JsonProcessingException when the answer is not JSON
   */
  public String status(String loggedIn, String name) throws JsonProcessingException {
    String session =
        result(
                loggedIn,
                "OpenWrt lets nobody in with METALLB_DYN6_OPENWRT_USER and METALLB_DYN6_OPENWRT_PASSWORD",
                "OpenWrt has no sessions: is rpcd running?")
            .path("ubus_rpc_session")
            .asText();
    if (session.isEmpty()) {
      throw new RefusedAnswer(Reason.MALFORMED, "OpenWrt has not opened a session");
    }
    return call(session, "network.interface." + name, "status", Map.of());
  }

  /**
   * Returns the prefixes that were delegated to the interface, one in each line, and leaves their
   * lifetimes in the headers.
   *
   * @param status the answer to {@link #status}
   * @throws RefusedAnswer when it has none, or was not told
   * @throws JsonProcessingException when the answer is not JSON
   */
  public String prefixes(String status, String name, @Headers Map<String, Object> headers)
      throws JsonProcessingException {
    JsonNode found =
        result(
            status,
            "OpenWrt's user may not ask for network.interface.%s status; an ACL in /usr/share/rpcd/acl.d allows it"
                .formatted(name),
            "OpenWrt has no interface %s; set METALLB_DYN6_OPENWRT_INTERFACE".formatted(name));
    List<Delegation> delegated =
        StreamSupport.stream(found.path("ipv6-prefix").spliterator(), false)
            .map(Ubus::delegation)
            .toList();
    if (delegated.isEmpty()) {
      throw new RefusedAnswer(
          Reason.EMPTY,
          "OpenWrt's interface %s has no delegated prefix at present (it is %s)"
              .formatted(name, found.path("up").asBoolean() ? "up" : "down"));
    }
    return Delegation.answer(delegated, headers);
  }

  private static Delegation delegation(JsonNode prefix) {
    return new Delegation(
        prefix.path("address").asText() + "/" + prefix.path("mask").asText(),
        seconds(prefix.path("preferred")),
        seconds(prefix.path("valid")));
  }

  private static @Nullable Long seconds(JsonNode lifetime) {
    return lifetime.canConvertToLong() ? (Long) lifetime.longValue() : null;
  }

  private static String call(
      String session, String object, String method, Map<String, Object> arguments)
      throws JsonProcessingException {
    return JsonAnswer.PLAIN.writeValueAsString(
        Map.of(
            "jsonrpc",
            "2.0",
            "id",
            1,
            "method",
            "call",
            "params",
            List.of(session, object, method, arguments)));
  }

  private static JsonNode result(String answer, String denied, String missing)
      throws JsonProcessingException {
    JsonNode all = JsonAnswer.PLAIN.readTree(answer);
    int error = all.path("error").path("code").asInt();
    int status = all.path("result").path(0).asInt(-1);
    if (error == ACCESS_DENIED || status == DENIED) {
      throw new RefusedAnswer(Reason.FAILURE, denied);
    }
    if (error == NO_OBJECT || status == NOT_FOUND) {
      throw new RefusedAnswer(Reason.FAILURE, missing);
    }
    if (error != 0 || status != 0) {
      throw new RefusedAnswer(
          Reason.FAILURE, "OpenWrt's ubus answers error %d, status %d".formatted(error, status));
    }
    return all.path("result").path(1);
  }
}
