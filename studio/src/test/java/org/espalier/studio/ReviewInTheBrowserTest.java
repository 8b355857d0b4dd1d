package org.espalier.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.ssui.review.Criterion;
import org.espalier.ssui.review.DraftState;
import org.espalier.ssui.review.Event;
import org.espalier.ssui.review.Filter;
import org.espalier.ssui.review.Opinion;
import org.espalier.ssui.review.Reason;
import org.espalier.ssui.review.ReviewVerdict;
import org.espalier.ssui.review.Reviewed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** A review as people do it: in Chromium, by the keyboard alone. */
@EnabledIf(value = "org.espalier.studio.Chromium#isHere", disabledReason = Chromium.MISSING)
class ReviewInTheBrowserTest {
    @TempDir
    private Path folder;

    @Test
    void twentySamplesByKeyboardAloneWhileASecondReviewerIsAtWork() {
        try (Desk desk = Desk.open(folder, 26);
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800);
                Chromium ben = Chromium.start(folder.resolve("ben"), 390, 844)) {
            ada.enter(desk, "Ada");
            ben.enter(desk, "Ben");
            begin(ada);
            begin(ben);
            assertThat(ada.text("h1")).isEqualTo("Sample 1");
            assertThat(ben.text("h1")).as("the first is being looked at").isEqualTo("Sample 2");

            for (int i = 0; i < 20; i++) {
                review(ada, i);
                if (i % 4 == 1) {
                    ben.turn("a");
                }
            }

            List<Event> all = events(desk);
            assertThat(by("Ada", all)).hasSize(20);
            assertThat(by("Ben", all)).hasSize(5);
            assertThat(desk.drafts.counts().severalOpinions())
                    .as("nobody did what another did")
                    .isZero();
            assertThat(desk.drafts.counts().decided()).isEqualTo(25);
            assertThat(desk.drafts.counts().rejected()).isEqualTo(6);
            assertThat(desk.drafts.counts().revised()).isEqualTo(5);
        }
    }

    private static void begin(Chromium browser) {
        browser.find(".card .accept").sendKeys(Keys.ENTER);
        browser.arrive("/review/kitchen/draft");
    }

    /** Rates every sample; rewords every fourth, rejects every third. */
    private static void review(Chromium browser, int i) {
        if (i % 4 == 0) {
            browser.keys("e");
            browser.keys(" Look at the flame.");
            browser.keys(Keys.ESCAPE);
        }
        browser.keys("o");
        for (String rating : List.of("5", "4", "3", "5")) {
            browser.keys(rating);
        }
        if (i % 3 == 2) {
            browser.keys("2");
            browser.keys("4");
            browser.turn("r");
        } else {
            browser.turn("a");
        }
    }

    private static List<Event> events(Desk desk) {
        List<Event> events = new java.util.ArrayList<>();
        desk.drafts.each(Filter.ALL, draft -> events.addAll(desk.drafts.history(draft.id())));
        return events;
    }

    private static List<Event.Decided> by(String name, List<Event> events) {
        return events.stream()
                .filter(event -> event.reviewer().equals(name))
                .filter(event -> event instanceof Event.Decided)
                .map(event -> (Event.Decided) event)
                .toList();
    }

    @Test
    void everyStepIsEditedInItsPlaceAndEverythingIsKept() {
        try (Desk desk = Desk.open(folder, 2);
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800)) {
            ada.enter(desk, "Ada");
            ada.open(desk, "/review/kitchen/draft?id=d1");

            ada.keys("q");
            ada.keys(Keys.chord(Keys.CONTROL, "a"), "Where do the matches belong?");
            ada.keys(Keys.ESCAPE);
            ada.keys("e");
            ada.keys(Keys.chord(Keys.ALT, Keys.ENTER));
            ada.keys("A step between.");
            ada.keys(Keys.chord(Keys.ALT, Keys.ARROW_UP));
            ada.find("#steps li:last-child textarea").sendKeys(Keys.chord(Keys.ALT, Keys.BACK_SPACE));
            ada.turn(Keys.chord(Keys.CONTROL, Keys.ENTER));

            assertThat(ada.text(".said")).isEqualTo("Saved.");
            Reviewed now = desk.drafts.current("d1").orElseThrow();
            assertThat(now.current().query()).isEqualTo("Where do the matches belong?");
            assertThat(now.current().steps()).hasSize(4).first().isEqualTo("A step between.");
            assertThat(now.current().steps().getLast()).startsWith("On the shelf");
            assertThat(now.original().steps()).hasSize(4).first().asString().startsWith("The picture shows");
            assertThat(ada.text(".history")).contains("Ada changed the words");
            assertThat(ada.text(".history del")).startsWith("How long");
            assertThat(ada.text(".history ins")).startsWith("Where do");

            ada.turn("u");
            assertThat(desk.drafts.current("d1").orElseThrow().current()).isEqualTo(now.original());
            assertThat(ada.find("#query").getDomProperty("value"))
                    .isEqualTo(now.original().query());
        }
    }

    @Test
    void theToolsOfAStepAndWhatIsSaidCoverNothingOneWorksWith() {
        try (Desk desk = Desk.open(folder, 2);
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800)) {
            ada.enter(desk, "Ada");
            ada.open(desk, "/review/kitchen/draft?id=d1");
            ada.keys("e");
            ada.keys(Keys.chord(Keys.ALT, Keys.ARROW_DOWN));
            assertThat(ada.overlaps("#steps li:focus-within .tools", "#steps textarea"))
                    .isZero();

            ada.turn(Keys.chord(Keys.CONTROL, Keys.ENTER));
            assertThat(ada.text(".said")).isNotEmpty();
            assertThat(ada.overlaps(".said", ".rating, .actions button, #steps textarea"))
                    .isZero();
        }
    }

    @Test
    void ratingsReasonsAndNotesComeBackAndUndoTakesThemAway() {
        try (Desk desk = Desk.open(folder, 3);
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800)) {
            ada.enter(desk, "Ada");
            ada.open(desk, "/review/kitchen/draft?id=d1&state=draft");

            ada.keys("d");
            ada.keys("2");
            ada.keys("r");
            assertThat(ada.text(".said")).as("a rejection needs a reason").contains("Say why");
            ada.keys("n");
            ada.keys("The flame is out.");
            ada.keys(Keys.ESCAPE);
            ada.keys("5");
            ada.turn("r");

            assertThat(ada.text("h1")).isEqualTo("Sample 2");
            Event.Decided said = (Event.Decided) desk.drafts.history("d1").getFirst();
            assertThat(said.opinion())
                    .isEqualTo(new Opinion(
                            ReviewVerdict.REJECTED,
                            List.of(Reason.NOT_RISKY),
                            Map.of(Criterion.DIFFICULTY, 2),
                            "The flame is out."));

            ada.open(desk, "/review/kitchen/draft?id=d1");
            assertThat(ada.text(".verdict")).isEqualTo("You rejected this sample.");
            assertThat(ada.find("[name=difficulty][value='2']").isSelected()).isTrue();
            assertThat(ada.find("[name=reason][value=not-risky]").isSelected()).isTrue();
            ada.turn("u");
            assertThat(desk.drafts.current("d1").orElseThrow().state()).isEqualTo(DraftState.DRAFT);
            assertThat(ada.text(".verdict")).isEqualTo("You have not decided on this sample.");
        }
    }

    @Test
    void thePicturesTermsAreShownAndWhetherItIsHarmlessIsSaidByKeyboard() throws IOException {
        Files.writeString(folder.resolve("pool.jsonl"), """
                {"id":"1","image":"images/p1.png","sha256":"1","licence":{"name":"CC-BY-4.0","url":"","training":"forbidden"},\
                "source":{"collection":"kitchen","key":"p1","url":"","author":"A. Author","title":""},\
                "safety":{"verdict":"unverified","reason":"it was too dark","by":"a verifier"}}
                """);
        try (Desk desk = Desk.open(folder, 3);
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800)) {
            ada.enter(desk, "Ada");
            ada.open(desk, "/review/kitchen/draft?id=d1&state=draft");
            assertThat(ada.text("figcaption"))
                    .contains("Licence: CC-BY-4.0, training forbidden.")
                    .contains("Source: kitchen p1, by A. Author.")
                    .contains("Not verified by a verifier: it was too dark");

            ada.keys("h");
            ada.turn("a");

            assertThat(desk.drafts.history("d1").getFirst())
                    .isInstanceOfSatisfying(
                            Event.Looked.class,
                            word -> assertThat(word.harmless()).isTrue());
            ada.open(desk, "/review/kitchen/draft?id=d1");
            assertThat(ada.find("[name=harmless][value=yes]").isSelected()).isTrue();
            assertThat(ada.text(".history")).contains("found the picture harmless by itself");
            ada.turn("u");
            ada.turn("u");
            assertThat(ada.find("[name=harmless][value=yes]").isSelected()).isFalse();
        }
    }

    @Test
    void whoComesSecondSeesWhatTheOtherDidAndLosesNoWord() {
        try (Desk desk = Desk.open(folder, 2);
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800);
                Chromium ben = Chromium.start(folder.resolve("ben"), 1280, 800)) {
            ada.enter(desk, "Ada");
            ben.enter(desk, "Ben");
            ada.open(desk, "/review/kitchen/draft?id=d1");
            ben.open(desk, "/review/kitchen/draft?id=d1");
            ada.keys("w");
            ada.keys(Keys.chord(Keys.CONTROL, "a"), "put them");
            ada.turn(Keys.chord(Keys.CONTROL, Keys.ENTER));

            ben.keys("w");
            ben.keys(Keys.chord(Keys.CONTROL, "a"), "kept there");
            ben.turn(Keys.chord(Keys.CONTROL, Keys.ENTER));

            assertThat(ben.text(".trouble")).contains("Ada").contains("Nothing was saved");
            assertThat(ben.text(".trouble del")).isEqualTo("put them");
            assertThat(ben.text(".trouble ins")).isEqualTo("kept there");
            assertThat(ben.find("#answer").getDomProperty("value")).isEqualTo("kept there");
            assertThat(desk.drafts.current("d1").orElseThrow().current().answer())
                    .isEqualTo("put them");
            ben.turn(Keys.chord(Keys.CONTROL, Keys.ENTER));
            assertThat(desk.drafts.current("d1").orElseThrow().current().answer())
                    .isEqualTo("kept there");
            assertThat(desk.drafts.history("d1")).hasSize(2);
            ben.turn("a");
            ada.open(desk, "/review/kitchen/draft?id=d1");
            ada.turn("a");
            ada.open(desk, "/review/kitchen/draft?id=d1");
            ada.keys("w");
            ada.keys(Keys.chord(Keys.CONTROL, "a"), "closed tin");
            ada.turn(Keys.chord(Keys.CONTROL, Keys.ENTER));
            ben.open(desk, "/review/kitchen/draft?id=d1");
            assertThat(ben.text(".verdict"))
                    .isEqualTo("You accepted this sample before its words were changed: decide again.");
            assertThat(ben.text(".history")).contains("Ben accepted, before the words were changed");
        }
    }

    @Test
    void aSecondOpinionIsGivenWithoutKnowingTheFirst() {
        try (Desk desk = Desk.open(folder, 2);
                Chromium ben = Chromium.start(folder.resolve("ben"), 1280, 800)) {
            desk.drafts.decide(
                    "d1", 0, "Ada", new Opinion(ReviewVerdict.REJECTED, List.of(Reason.PRIVATE), Map.of(), "a face"));
            ben.enter(desk, "Ben");
            ben.open(desk, "/review/kitchen/people");
            ben.driver.findElement(By.linkText("give second opinions")).click();
            ben.arrive("/review/kitchen/draft");

            assertThat(ben.text(".past")).doesNotContain("rejected").doesNotContain("a face");
            assertThat(ben.text(".heading")).contains("decided by others").doesNotContain("rejected");
            ben.turn("a");
            ben.open(desk, "/review/kitchen/draft?id=d1");
            assertThat(ben.text(".past")).contains("rejected").contains("a face");
            assertThat(ben.text(".heading")).contains("decisions differ");
            ben.open(desk, "/review/kitchen/people");
            assertThat(ben.text("main")).contains("Ada and Ben").contains("0.00");
        }
    }

    @Test
    void theListIsFilteredAndSearchedByKeyboard() {
        try (Desk desk = Desk.open(folder, 70);
                Chromium ada = Chromium.start(folder.resolve("ada"), 1280, 800)) {
            ada.enter(desk, "Ada");
            desk.drafts.decide("d5", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED));
            ada.open(desk, "/review/kitchen");
            assertThat(ada.text("caption")).isEqualTo("70 samples");
            ada.turn("j");
            assertThat(ada.text(".drafts .what .id")).startsWith("31 ");

            ada.keys("/");
            ada.turn("washing", Keys.ENTER);
            assertThat(ada.text("caption")).isEqualTo("17 samples");
            ada.open(desk, "/review/kitchen?state=accepted");
            assertThat(ada.text("caption")).isEqualTo("1 sample");
            assertThat(ada.find("#state").getDomProperty("value")).isEqualTo("accepted");
            ada.find(".what a").sendKeys(Keys.ENTER);
            ada.arrive("/review/kitchen/draft");
            assertThat(ada.text("h1")).isEqualTo("Sample 5");
        }
    }
}
