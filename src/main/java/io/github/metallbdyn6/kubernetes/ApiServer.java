package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.github.metallbdyn6.lease.Leadership;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends requests to the API server and reads the answers while they arrive. The client's own calls
 * keep a whole answer as bytes, and then every object of it, whatever others have written into it.
 */
final class ApiServer {
  private static final Fields OF_STATUS = Fields.of("/message", "/reason");

  private static final String BY_US = "?fieldManager=metallb-dyn6";
  private static final String JSON = "application/json";

  /** The JDK's client sends a request without a body as GET. */
  private static final String DELETE_OPTIONS =
      "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"propagationPolicy\":\"Background\"}";

  private static final int UNAUTHORIZED = 401;

  private final KubernetesClient client;
  private final Leadership leadership;

  ApiServer(KubernetesClient client) {
    this(client, Leadership.ALONE);
  }

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param leadership while this replica does not lead, a change is refused with {@link
   *     io.github.metallbdyn6.lease.NotLeading} instead of being sent
   */
  ApiServer(KubernetesClient client, Leadership leadership) {
    this.client = client;
    this.leadership = leadership;
  }

  private interface Reading<T> {
    T from(ObjectReader reader) throws IOException;
  }

  /** Returns a text as part of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Reads an object.
   *
   * @throws KubernetesClientException when the API server refuses or cannot be reached
   */
  ApiObject get(String path, Fields fields) {
    return read(builder(path).build(), fields, ObjectReader::object);
  }

  /**
   * Reads a list, and hands on each of its objects as soon as it is there.
   *
   * @throws KubernetesClientException as {@link #get}
   */
  ObjectReader.Page list(String path, Fields fields, Consumer<ApiObject> each) {
    return read(builder(path).build(), fields, reader -> reader.list(each));
  }

  /**
   * Patches an object, and returns it as it is then.
   *
   * @throws KubernetesClientException as {@link #get}
   */
  ApiObject patch(String path, PatchType type, String patch, Fields fields) {
    return read(
        change(path + BY_US, "PATCH", type.getContentType(), patch), fields, ObjectReader::object);
  }

  /**
   * Creates an object, and returns it as it is then.
   *
   * @param path of the list that it is in
   * @throws KubernetesClientException as {@link #get}
   */
  ApiObject create(String path, String object, Fields fields) {
    return read(change(path + BY_US, "POST", JSON, object), fields, ObjectReader::object);
  }

  /**
   * Has an object be as it is here, in the fields that it has here, and creates it if it is not
   * there. A field that somebody else has written otherwise stays as it is.
   *
   * @throws KubernetesClientException as {@link #get}; 409 where somebody else has written a field
   */
  void apply(String path, String object) {
    discard(change(path + BY_US, "PATCH", "application/apply-patch+yaml", object));
  }

  /**
   * Deletes what is there.
   *
   * @throws KubernetesClientException as {@link #get}
   */
  void delete(String path) {
    discard(change(path, "DELETE", JSON, DELETE_OPTIONS));
  }

  /**
   * Returns an answer as it arrives; the events of a watch, of which there may be none for hours.
   *
   * @throws KubernetesClientException as {@link #get}
   */
  InputStream open(String path) {
    return send(builder(path).build());
  }

  private HttpRequest change(String path, String method, String type, String body) {
    leadership.requireTerm();
    return builder(path).method(method, type, body).build();
  }

  private void discard(HttpRequest request) {
    try (InputStream answer = send(request)) {
      answer.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  private <T> T read(HttpRequest request, Fields fields, Reading<T> reading) {
    try (ObjectReader reader = new ObjectReader(send(request), fields)) {
      return reading.from(reader);
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  static KubernetesClientException brokenOff(IOException cause) {
    return new KubernetesClientException("the answer cannot be read", cause);
  }

  private HttpRequest.Builder builder(String path) {
    String base = client.getMasterUrl().toString().replaceFirst("/$", "");
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .timeout(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS)
        .uri(base + path);
  }

  private InputStream send(HttpRequest request) {
    HttpResponse<InputStream> response;
    try {
      response = client.getHttpClient().sendAsync(request, InputStream.class).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    } catch (ExecutionException e) {
      throw new KubernetesClientException("no answer", e.getCause());
    } catch (IllegalArgumentException e) {
      throw new KubernetesClientException("no request", withoutHeader(e));
    }
    if (!response.isSuccessful()) {
      throw refusal(response);
    }
    return response.body();
  }

  /** Behind the colon the JDK says the whole header, with the token. */
  private static IllegalArgumentException withoutHeader(IllegalArgumentException failure) {
    return new IllegalArgumentException(
        String.valueOf(failure.getMessage()).replaceFirst("(?s):.*", ""));
  }

  private KubernetesClientException refusal(HttpResponse<InputStream> response) {
    StatusBuilder status = new StatusBuilder().withCode(response.code());
    try (ObjectReader reader = new ObjectReader(response.body(), OF_STATUS)) {
      ApiObject said = reader.object();
      status.withMessage(said.text("/message")).withReason(said.text("/reason"));
    } catch (IOException e) {
      status.withMessage(response.message()); // as from a proxy on the way
    }
    Status built = status.build();
    return response.code() == UNAUTHORIZED
        ? new Unauthorized(built, client.getConfiguration())
        : new KubernetesClientException(built.getMessage(), response.code(), built);
  }
}
