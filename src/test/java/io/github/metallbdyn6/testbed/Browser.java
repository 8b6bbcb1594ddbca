package io.github.metallbdyn6.testbed;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a window, as the system has it installed. */
public final class Browser implements AutoCloseable {
  /** Says with every start that it has no classes for this Chromium; none are needed. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int HEIGHT = 900;
  private static final int BLOCKED = 2;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
  }

  /** Starts it; where there is none, CI fails and others skip the test. */
  public static Browser start() {
    return start(new ChromeOptions());
  }

  /** Starts it with JavaScript turned off. */
  public static Browser startWithoutJavaScript() {
    ChromeOptions options = new ChromeOptions();
    options.setExperimentalOption(
        "prefs", Map.of("profile.managed_default_content_settings.javascript", BLOCKED));
    return start(options);
  }

  private static Browser start(ChromeOptions options) {
    SELENIUM.setLevel(Level.SEVERE);
    options.setBinary(find("chromium"));
    // Containers often have neither user namespaces nor a large /dev/shm.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver"))
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static File find(String program) {
    return InstalledProgram.find(program, "chromium chromium-driver").toFile();
  }

  /** Goes to a page. */
  public void open(String url) {
    driver.get(url);
  }

  /** Makes the window this wide, in CSS pixels, with touch if it is a phone's. */
  public void resize(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /** Has the user prefer this colour scheme, light or dark. */
  public void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Returns the text that can be seen at a CSS selector. */
  public String text(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  /** Returns the page's title. */
  public String title() {
    return driver.getTitle();
  }

  /** Runs a script in the page and returns its value. */
  public Object run(String script) {
    return driver.executeScript(script);
  }

  /** Returns what axe-core finds wrong and calls serious or critical, with the elements. */
  public List<String> accessibilityProblems() {
    driver.executeScript(axe());
    Object problems =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then(found => done(found.violations
              .filter(it => it.impact === 'serious' || it.impact === 'critical')
              .flatMap(it => it.nodes.map(node => it.id + ': ' + node.html))));
            """);
    return ((List<?>) Objects.requireNonNull(problems)).stream().map(String::valueOf).toList();
  }

  private static String axe() {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the whole page to {@code target/screenshots/NAME.png}. */
  public void screenshot(String name) {
    Map<String, Object> layout = driver.executeCdpCommand("Page.getLayoutMetrics", Map.of());
    Map<?, ?> size = (Map<?, ?>) layout.get("cssContentSize");
    Map<String, Object> picture =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of(
                "captureBeyondViewport",
                true,
                "clip",
                Map.of(
                    "x",
                    0,
                    "y",
                    0,
                    "width",
                    size.get("width"),
                    "height",
                    size.get("height"),
                    "scale",
                    1)));
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(
          SCREENSHOTS.resolve(name + ".png"),
          Base64.getDecoder().decode(String.valueOf(picture.get("data"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
