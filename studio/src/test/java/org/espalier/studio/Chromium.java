package org.espalier.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser with nobody in front of it, and the keyboard of somebody who is. */
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Why tests did not run, as the summary of {@code ./check} says it. */
    static final String MISSING = "this machine has no Chromium with its driver: install them (Debian, as root:"
            + " apt-get install chromium chromium-driver) and run the same command again";

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> DRIVERS = List.of("chromedriver");

    final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether there is one that starts; some systems have a file of the name that only says where to get one. */
    static boolean isHere() {
        return Stream.of(BROWSERS, DRIVERS)
                .allMatch(names -> program(names).filter(Chromium::starts).isPresent());
    }

    /** Starts one with a profile of its own, where {@link #isHere()}. */
    static Chromium start(Path profile, int width, int height) {
        File chromedriver = program(DRIVERS).orElseThrow();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program(BROWSERS).orElseThrow());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-device-scale-factor=1",
                "--user-data-dir=" + profile,
                "--window-size=" + width + "," + height);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver)
                .withLogOutput(OutputStreams.NOWHERE)
                .build();
        Chromium started = new Chromium(new ChromeDriver(service, options));
        // The window of a headless browser cannot be narrower than 500 pixels; what it shows can.
        started.driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return started;
    }

    private static Optional<File> program(List<String> names) {
        return names.stream()
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    private static boolean starts(File program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Comes in by the token and says a name. */
    void enter(Desk desk, String name) {
        driver.get(desk.studio.address().toString());
        arrive("/who");
        keys(name);
        turn(Keys.ENTER);
        arrive("/");
    }

    void open(Desk desk, String page) {
        driver.get(desk.at(page));
    }

    /**
     * Presses keys, wherever the focus is. A dialog that was just closed keeps the focus until the browser draws its
     * next frame, and takes no keys: they wait that long.
     */
    void keys(CharSequence... pressed) {
        await(() -> {
            driver.switchTo().activeElement().sendKeys(pressed);
            return true;
        });
    }

    /** Presses keys that lead to another page, and waits for it. */
    void turn(CharSequence... pressed) {
        driver.executeScript("window.turned = false");
        keys(pressed);
        await(() -> Boolean.TRUE.equals(driver.executeScript("return window.turned === undefined")) && ready());
    }

    /** Waits for a page at that path, with everything it answers to. */
    void arrive(String path) {
        await(() -> path().equals(path) && ready());
    }

    private boolean ready() {
        return Boolean.TRUE.equals(driver.executeScript("return document.readyState === 'complete'"));
    }

    private static void await(BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (there.getAsBoolean()) {
                    return;
                }
                Thread.sleep(10);
            } catch (StaleElementReferenceException | ElementNotInteractableException | JavascriptException e) {
                // The page, or what is open on it, is just being changed for another.
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        fail("it did not come about within " + PATIENCE.toSeconds() + " s");
    }

    String path() {
        return (String) driver.executeScript("return location.pathname");
    }

    /** The text of the first element. */
    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    boolean has(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    /** How many visible elements of one kind have an area in common with the first of another. */
    long overlaps(String first, String others) {
        return (Long) driver.executeScript("""
                const box = document.querySelector(arguments[0]).getBoundingClientRect();
                return [...document.querySelectorAll(arguments[1])].map(other => other.getBoundingClientRect())
                  .filter(b => b.width * b.height > 0 && box.width * box.height > 0
                      && Math.min(b.right, box.right) - Math.max(b.left, box.left) > 1
                      && Math.min(b.bottom, box.bottom) - Math.max(b.top, box.top) > 1).length;
                """, first, others);
    }

    /** Nothing stands out of the page to the side. */
    void assertFitsItsWidth() {
        assertThat((Long) driver.executeScript("return document.documentElement.scrollWidth - window.innerWidth"))
                .as("pixels that stand out sideways on " + path())
                .isLessThanOrEqualTo(0);
    }

    /** No rule of WCAG 2.2 A or AA that axe-core can check is broken. */
    @SuppressWarnings("unchecked")
    void assertAccessible() {
        driver.executeScript(axe());
        List<String> broken = (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
                  .then(found => done(found.violations.flatMap(v => v.nodes.map(n =>
                      v.id + ": " + n.html.slice(0, 200) + " " + n.failureSummary))),
                    error => done([String(error)]));
                """);
        assertThat(broken).as("what keeps people out of " + path()).isEmpty();
    }

    private static String axe() {
        try (InputStream in = Chromium.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what is seen, for people who want to look. */
    void picture(String name) {
        await(() -> (Boolean) driver.executeScript("return Array.from(document.images)"
                + ".every(i => i.complete || i.getBoundingClientRect().top > innerHeight)"));
        try {
            Path file = Path.of("target", "screens", name + ".png");
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static final class OutputStreams {
        private static final java.io.OutputStream NOWHERE = java.io.OutputStream.nullOutputStream();
    }
}
