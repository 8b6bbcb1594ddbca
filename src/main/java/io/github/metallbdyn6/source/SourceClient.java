package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.text.ForeignText;
import io.github.metallbdyn6.text.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes camel-http careful with a source: the whole exchange ends in time, however slowly its bytes
 * drip; no header is endless; a web page, as captive portals and block pages send with status 200,
 * is no answer; a certificate that is not trusted is explained; and nothing is repeated below the
 * routes, which know what heals.
 */
public final class SourceClient implements HttpClientConfigurer {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  /** In bytes. */
  private static final int LONGEST_HEADER = 8192;

  private static final int MOST_HEADERS = 100;

  /** A part of the deadline: time is left for the host's next address when one is dead. */
  private static final int CONNECT_SHARE = 3;

  /** In bytes: an address or prefix with white space around it. */
  private static final int LONGEST_LINE = 100;

  /** A script that prints its caller's address often calls that a web page. */
  private static final Pattern ONE_WORD = Pattern.compile("\\s*[0-9A-Fa-f:.]+(/[0-9]+)?\\s*");

  private final Duration deadline;
  private final Optional<SSLContext> tls;

  /**
   * Creates the configurer.
   *
   * @param deadline from the first byte of the request to the last one of the answer
   * @param tls what decides whom to trust; without it, what the JVM trusts
   */
  public SourceClient(Duration deadline, Optional<SSLContext> tls) {
    this.deadline = deadline;
    this.tls = tls;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .setConnectionManager(connections())
        .setConnectionManagerShared(false)
        .disableAutomaticRetries()
        .addExecInterceptorFirst("certificate", SourceClient::explainDistrust)
        .addExecInterceptorFirst("no-web-page", SourceClient::refuseWebPage)
        .addExecInterceptorFirst("deadline", this::endInTime)
        .addExecInterceptorFirst("log", SourceClient::log);
  }

  /** For debugging. Neither users nor queries of URLs are told. */
  private static ClassicHttpResponse log(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    long begin = System.nanoTime();
    String answer = "no answer";
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      answer = String.valueOf(response.getCode());
      return response;
    } finally {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      String url = scope.route.getTargetHost().toURI() + request.getRequestUri();
      LOG.debug(
          "Source: {} {} -> {} ({} ms)", request.getMethod(), Redaction.of(url), answer, millis);
    }
  }

  /** Without limits an endless header would fill the memory. */
  private HttpClientConnectionManager connections() {
    Http1Config limits =
        Http1Config.custom()
            .setMaxLineLength(LONGEST_HEADER)
            .setMaxHeaderCount(MOST_HEADERS)
            .build();
    Timeout timeout = Timeout.of(deadline);
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new Ipv6First())
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(limits).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout)
                    .setSocketTimeout(timeout)
                    .build());
    tls.ifPresent(own -> connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(own)));
    return connections.build();
  }

  /**
   * A connection that was given back by then is not touched. What Camel says of the time to connect
   * would win over that of the connections, and Camel says it in this way, too.
   */
  @SuppressWarnings("deprecation")
  private ClassicHttpResponse endInTime(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    RequestConfig config =
        RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
            .setConnectTimeout(Timeout.of(deadline.dividedBy(CONNECT_SHARE)))
            .build();
    scope.clientContext.setRequestConfig(config);
    CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .execute(scope.execRuntime::discardEndpoint);
    return chain.proceed(request, scope);
  }

  /** The JVM says what is wrong with a certificate, but not what to do. */
  private static ClassicHttpResponse explainDistrust(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    try {
      return chain.proceed(request, scope);
    } catch (SSLException e) {
      boolean distrusted =
          e instanceof SSLPeerUnverifiedException || e.getCause() instanceof CertificateException;
      if (!distrusted) {
        throw e;
      }
      throw new SSLException(
          "the certificate of %s is not trusted: %s; METALLB_DYN6_CA_FILE can name a file with it, and the URL must have a name that it is for"
              .formatted(
                  scope.route.getTargetHost().toHostString(),
                  ForeignText.of(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** One address or prefix is no web page, whatever it is called. */
  private static ClassicHttpResponse refuseWebPage(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse response = chain.proceed(request, scope);
    HttpEntity entity = response.getEntity();
    if (response.getCode() == 200 && isWebPage(entity)) {
      byte[] start = entity.getContent().readNBytes(LONGEST_LINE);
      response.close();
      if (!ONE_WORD.matcher(new String(start, StandardCharsets.US_ASCII)).matches()) {
        throw new RefusedAnswer(Reason.MALFORMED, "a web page, as of a captive portal or a block");
      }
      response.setEntity(new ByteArrayEntity(start, ContentType.TEXT_PLAIN));
    }
    return response;
  }

  private static boolean isWebPage(@Nullable HttpEntity entity) {
    return entity != null
        && ContentType.TEXT_HTML.isSameMimeType(ContentType.parseLenient(entity.getContentType()));
  }
}
