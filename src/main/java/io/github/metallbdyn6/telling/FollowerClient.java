package io.github.metallbdyn6.telling;

import java.io.IOException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** A client as careful as that of sources, whose requests can be broken off. */
public final class FollowerClient implements HttpClientConfigurer {
  private final HttpClientConfigurer careful;

  /** Does as this one does, and a little more. */
  public FollowerClient(HttpClientConfigurer careful) {
    this.careful = careful;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    careful.configureHttpClient(client);
    client.addExecInterceptorFirst("breakable", FollowerClient::breakable);
  }

  private static ClassicHttpResponse breakable(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    FollowerCalls.begun(scope.execRuntime::discardEndpoint);
    try {
      return chain.proceed(request, scope);
    } finally {
      FollowerCalls.ended();
    }
  }
}
