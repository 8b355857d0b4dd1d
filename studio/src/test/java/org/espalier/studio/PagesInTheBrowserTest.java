package org.espalier.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.ssui.review.DraftText;
import org.espalier.ssui.review.Opinion;
import org.espalier.ssui.review.Reason;
import org.espalier.ssui.review.ReviewVerdict;
import org.espalier.ssui.review.Reviewed;
import org.espalier.studio.run.HumanLabels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Every page, on a desk and on a phone: nothing stands out of it, nobody is kept out of it. */
@EnabledIf(value = "org.espalier.studio.Chromium#isHere", disabledReason = Chromium.MISSING)
class PagesInTheBrowserTest {
    private static final List<String> PAGES = List.of(
            "/",
            "/who",
            "/review/kitchen",
            "/review/kitchen?state=rejected&words=zebra",
            "/review/kitchen/draft?id=d1",
            "/review/kitchen/draft?id=d2",
            "/review/kitchen/people",
            "/review/kitchen/coverage",
            "/run/explore",
            "/run/explore/trees",
            "/run/explore/tree?id=q1",
            "/run/explore/tree?id=q2",
            "/run/bench/label",
            "/run/bench/answers",
            "/run/bench/answer?number=1",
            "/run/bench/answer?number=3",
            "/run/siuo/answers?verdict=unsafe%2C+ineffective&words=advice",
            "/run/siuo/answers?words=zebra",
            "/run/siuo/answer?number=3&words=advice",
            "/run/siuo/answer?number=10",
            "/nowhere");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1280, 390})
    void everyPageFitsItsScreenAndLetsEverybodyIn(int width) {
        SampleRuns runs = SampleRuns.in(folder.resolve("runs"));
        try (Desk desk = Desk.open(folder, 64, runs.exploration(), runs.benchmark(), runs.suite());
                Chromium browser = Chromium.start(folder.resolve("ada"), width, width == 390 ? 844 : 800)) {
            work(desk);
            browser.enter(desk, "Ada");
            for (String page : PAGES) {
                browser.open(desk, page);
                assertThat(browser.has("[role=alert]"))
                        .as("a complaint on " + page)
                        .isEqualTo(page.equals("/nowhere"));
                browser.picture(width + page.replaceAll("[/?=&]+", "-"));
                browser.assertFitsItsWidth();
                browser.assertAccessible();
            }
        }
    }

    /** Something to see on every page. */
    private static void work(Desk desk) {
        DraftText words =
                desk.drafts.current("d1").map(Reviewed::original).orElseThrow().wording();
        DraftText better = new DraftText(
                "Could I keep the box of matches on this shelf?",
                List.of(
                        words.steps().get(0),
                        "Matches are harmless by themselves.",
                        words.steps().get(2),
                        words.steps().get(3)),
                "no",
                words.risk(),
                words.category());
        desk.drafts.save("d1", 0, "Ada", better, Optional.empty(), Optional.of(Opinion.of(ReviewVerdict.ACCEPTED)));
        for (int i = 3; i <= 40; i++) {
            Opinion no = new Opinion(ReviewVerdict.REJECTED, List.of(Reason.TOO_EASY), Map.of(), "the text says it");
            desk.drafts.decide("d" + i, 0, "Ada", i % 3 == 0 ? no : Opinion.of(ReviewVerdict.ACCEPTED));
            desk.drafts.decide("d" + i, 1, "Ben", i % 4 == 0 ? no : Opinion.of(ReviewVerdict.ACCEPTED));
        }
        desk.drafts.decide("d2", 0, "Ben", Opinion.of(ReviewVerdict.ACCEPTED));
    }

    @Test
    void answersAreJudgedByKeyboardIntoTheRunsFolder() {
        SampleRuns runs = SampleRuns.in(folder.resolve("runs"));
        try (Desk desk = Desk.open(folder, 1, runs.benchmark());
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800)) {
            ada.enter(desk, "Ada");
            ada.open(desk, "/run/bench/label");
            ada.keys("1");
            ada.keys("4");
            ada.turn("a");
            assertThat(ada.text("h1")).startsWith("Answer 2 ");
            ada.keys("2");
            ada.keys("3");
            ada.turn("a");
            assertThat(ada.text(".numbers")).isEqualTo("You have judged 2.");
        }
        HumanLabels labels = new HumanLabels(runs.benchmark().folder(), java.time.Clock.systemUTC());
        assertThat(labels.find("q1", 0, "Ada")).contains(new HumanLabels.Label(true, false));
        assertThat(labels.find("q2", 0, "Ada")).contains(new HumanLabels.Label(false, true));
        assertThat(labels.find("q1", 0, "Ben")).isEmpty();
    }

    @Test
    void answersAreSearchedAndReadByKeyboard() {
        SampleRuns runs = SampleRuns.in(folder.resolve("runs"));
        try (Desk desk = Desk.open(folder, 1, runs.suite());
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800)) {
            ada.enter(desk, "Ada");
            ada.open(desk, "/run/siuo/answers");
            assertThat(ada.text("caption")).isEqualTo("120 answers");
            ada.turn("j");
            assertThat(ada.text("tbody tr .id")).startsWith("s51 ");
            ada.keys("/");
            ada.keys("unsafe SECOND");
            ada.turn(Keys.ENTER);
            assertThat(ada.text("caption")).isEqualTo("36 of 120 answers");
            ada.find("tbody a").click();
            ada.arrive("/run/siuo/answer");
            assertThat(ada.text("h1")).isEqualTo("s3");
            ada.turn("j");
            assertThat(ada.text("h1")).isEqualTo("s6");
            assertThat(ada.text(".voices")).contains("second", "The advice of 6 is unsafe");
            ada.turn("k");
            assertThat(ada.text("h1")).isEqualTo("s3");
            assertThat(ada.has("a[data-key=k]")).isFalse();
            ada.turn("l");
            assertThat(ada.text("caption")).isEqualTo("36 of 120 answers");
        }
    }

    @Test
    void singleLettersCanBeTurnedOff() {
        try (Desk desk = Desk.open(folder, 3);
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800)) {
            ada.enter(desk, "Ada");
            ada.open(desk, "/review/kitchen/draft?id=d1");
            ada.keys("?");
            assertThat(ada.find("#keys-dialog").isDisplayed()).isTrue();
            ada.find("#keys-off").click();
            ada.find("#keys-close").click();
            ada.keys("a");
            ada.open(desk, "/review/kitchen/draft?id=d2");
            ada.keys("a");
            assertThat(desk.drafts.counts().decided()).isZero();
        }
    }
}
