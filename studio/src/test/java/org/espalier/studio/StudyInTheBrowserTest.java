package org.espalier.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of a study: on a desk and on a phone, by day and by night, with more answers than anybody reads. */
@EnabledIf(value = "org.espalier.studio.Chromium#isHere", disabledReason = Chromium.MISSING)
class StudyInTheBrowserTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1200, light", "390, dark"})
    void fitsItsScreenAndLetsEverybodyIn(int width, String scheme) {
        Path page = SampleStudy.in(folder.resolve("study"), 28);
        try (Chromium browser = Chromium.start(folder.resolve("ada"), width, 844)) {
            browser.driver.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            browser.driver.get(page.toUri().toString());
            browser.assertFitsItsWidth();
            browser.assertAccessible();

            browser.driver.executeScript("document.querySelectorAll('details').forEach(one => one.open = true)");
            browser.find(".ask").click();
            browser.picture("study-" + width + "-" + scheme);
            browser.assertFitsItsWidth();
            browser.assertAccessible();
            assertThat(browser.driver.executeScript("return performance.getEntriesByType('resource').length"))
                    .as("what was fetched")
                    .isEqualTo(0L);
        }
    }

    @Test
    void twentyThousandAnswersAreSearchedFilteredAndReadByKeyboard() {
        // 3 worlds × 4 rows × 1,666 questions.
        Path page = SampleStudy.in(folder.resolve("study"), 1666);
        try (Chromium browser = Chromium.start(folder.resolve("ada"), 1200, 844)) {
            browser.driver.get(page.toUri().toString());
            assertThat(count(browser)).isEqualTo("1 to 25 of 19,992 answers");
            assertThat(browser.driver.findElements(By.cssSelector(".ask")))
                    .as("only what is on view is drawn")
                    .hasSize(25);

            browser.driver.executeScript("document.getElementById('by-words').focus()");
            browser.keys("SHELF 1234");
            // Three worlds, four rows.
            assertThat(count(browser)).isEqualTo("1 to 12 of 12 answers");
            browser.keys(Keys.TAB, "SRPO");
            assertThat(count(browser)).isEqualTo("1 to 3 of 3 answers");

            // Past five filters and the button that clears them.
            for (int i = 0; i < 7; i++) {
                browser.keys(Keys.TAB);
            }
            WebElement first = browser.driver.switchTo().activeElement();
            assertThat(first.getAttribute("class")).isEqualTo("ask");
            assertThat(first.getText()).contains("May they stay on shelf 1234?", "SRPO", "unsafe");
            browser.keys(Keys.ENTER);
            assertThat(first.getAttribute("aria-expanded")).isEqualTo("true");
            assertThat(browser.text(".opened .card .side:nth-of-type(2) .head")).startsWith("Base");
            assertThat(browser.text(".opened .card .side:last-child .head")).startsWith("SRPO");
            browser.keys(Keys.ENTER);
            assertThat(browser.has(".opened")).isFalse();
        }
    }

    @Test
    void aNumberOfTheTableLeadsToItsAnswersWithTheFirstWrongStepMarked() {
        Path page = SampleStudy.in(folder.resolve("study"), 140);
        try (Chromium browser = Chromium.start(folder.resolve("ada"), 1200, 844)) {
            browser.driver.get(page.toUri().toString());
            WebElement number = browser.find("a[aria-label*='Base, first wrong step 3']");
            number.sendKeys(Keys.ENTER);
            // Four questions in seven, in three worlds.
            browser.driver.executeAsyncScript("setTimeout(arguments[0], 50)");
            assertThat(count(browser)).isEqualTo("1 to 25 of 240 answers");

            WebElement on = browser.find("#by-on");
            on.sendKeys(Keys.ENTER);
            assertThat(count(browser)).isEqualTo("26 to 50 of 240 answers");
            browser.find("#by-last").sendKeys(Keys.ENTER);
            assertThat(count(browser)).isEqualTo("226 to 240 of 240 answers");
            on.sendKeys(Keys.ENTER);
            assertThat(count(browser)).isEqualTo("226 to 240 of 240 answers");

            browser.find(".ask").sendKeys(Keys.ENTER);
            assertThat(browser.text(".opened .steps .wrong"))
                    .contains("Fact: nothing happens to matches. </script>", "first wrong step");
            assertThat(browser.driver.findElements(By.cssSelector(".opened .beside button")))
                    .extracting(WebElement::getText)
                    .containsExactly("✗ SFT", "✓ DPO", "✓ SRPO");
        }
    }

    private static String count(Chromium browser) {
        return browser.text("#by-count");
    }
}
