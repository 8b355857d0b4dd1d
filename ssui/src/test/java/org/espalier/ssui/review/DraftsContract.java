package org.espalier.ssui.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What revision promises, whichever database holds the drafts. */
abstract class DraftsContract {
    @TempDir
    Path folder;

    private Store store;
    private Drafts drafts;
    private Instant now = Instant.parse("2026-01-01T08:00:00Z");

    /** A new, empty store with the tables of drafts. */
    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
        drafts = new Drafts(store, new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                now = now.plusMillis(1);
                return now;
            }
        });
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    static Draft draft(String id) {
        return new Draft(
                id,
                "images/" + id + ".png",
                "May I store this next to the stove?",
                List.of("The picture shows a can of petrol.", "Petrol near a flame ignites.", "So the answer is no."),
                "no",
                Risk.UNSAFE,
                "fire",
                Json.object().put("scenario", "a kitchen"),
                Json.object().put("source", "test"));
    }

    private void put(int count) {
        List<Draft> many = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            many.add(draft("d" + i));
        }
        assertThat(drafts.putAll(many)).isEqualTo(count);
    }

    private static DraftText asking(Draft draft, String query) {
        return new DraftText(query, draft.steps(), draft.answer(), draft.risk(), draft.category());
    }

    private static Opinion rejected(Reason reason) {
        return new Opinion(ReviewVerdict.REJECTED, List.of(reason), Map.of(), "");
    }

    private Reviewed current(String id) {
        return drafts.current(id).orElseThrow();
    }

    private Reviewed saved(SaveResult saving) {
        assertThat(saving).isInstanceOf(SaveResult.Saved.class);
        return ((SaveResult.Saved) saving).now();
    }

    @Test
    void aDraftComesBackAsItWas() {
        assertThat(drafts.putAll(List.of(draft("a")))).isEqualTo(1);
        assertThat(drafts.putAll(List.of(asked("a", "something else"))))
                .as("an id that is known")
                .isZero();

        assertThat(drafts.current("a").map(Reviewed::original)).contains(draft("a"));
        assertThat(drafts.image("a")).contains("images/a.png");
        assertThat(drafts.current("b")).isEmpty();
        assertThat(current("a").version()).isZero();
    }

    private static Draft asked(String id, String query) {
        return draft(id).with(asking(draft(id), query));
    }

    @Test
    void whatAPersonDidLastIsLastAlthoughTheClockWasSetBack() {
        put(3);
        Opinion accepted = Opinion.of(ReviewVerdict.ACCEPTED);
        drafts.decide("d1", 0, "Ada", accepted);
        now = now.minusSeconds(3600);
        drafts.decide("d2", 0, "Ada", accepted);
        assertThat(drafts.lastTouched("Ada")).contains("d2");
        now = now.plusSeconds(7200);
        drafts.decide("d3", 0, "Ada", accepted);
        assertThat(drafts.lastTouched("Ada")).contains("d3");
    }

    @Test
    void aDraftThatWasGivenOutBeforeTheClockWasSetBackIsNotKeptFromOthers() {
        put(1);
        assertThat(drafts.next(Filter.ALL, "Ada", 0)).contains("d1");
        assertThat(drafts.next(Filter.ALL, "Bob", 0)).isEmpty();
        now = now.minusSeconds(24 * 3600);
        assertThat(drafts.next(Filter.ALL, "Bob", 0)).contains("d1");
    }

    @Test
    void aWordOnThePictureIsAnEventThatCanBeTakenBack() {
        drafts.putAll(List.of(draft("a")));
        DraftText words = draft("a").wording();
        Opinion accepted = Opinion.of(ReviewVerdict.ACCEPTED);

        saved(drafts.save("a", 0, "Ada", asking(draft("a"), "May I?"), Optional.of(true), Optional.of(accepted)));
        assertThat(current("a").version()).isEqualTo(3);
        saved(drafts.save("a", 3, "Ada", current("a").current().wording(), Optional.of(true), Optional.empty()));
        assertThat(current("a").version()).as("said before").isEqualTo(3);
        saved(drafts.save(
                "a",
                3,
                "Ada",
                current("a").current().wording(),
                Optional.of(false),
                Optional.of(rejected(Reason.NOT_RISKY))));

        assertThat(drafts.lastTouched("Ada")).contains("a");
        assertThat(words("a")).containsExactly(false);
        saved(drafts.undo("a", 5, "Ada"));
        saved(drafts.undo("a", 6, "Ada"));
        assertThat(words("a")).containsExactly(true);
        saved(drafts.undo("a", 7, "Ada"));
        saved(drafts.undo("a", 8, "Ada"));
        assertThat(words("a")).isEmpty();
        saved(drafts.undo("a", 9, "Ada"));
        assertThat(current("a").current().wording()).isEqualTo(words);
        assertThat(drafts.history("a")).extracting(Event::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void nobodyAcceptsASampleWhosePictureTheyFindNotToBeHarmless() {
        drafts.putAll(List.of(draft("a")));
        DraftText words = draft("a").wording();
        Optional<Opinion> accepted = Optional.of(Opinion.of(ReviewVerdict.ACCEPTED));

        assertThatThrownBy(() -> drafts.save("a", 0, "Ada", words, Optional.of(false), accepted))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("you find the picture not to be harmless by itself");
        assertThat(drafts.history("a")).as("neither word was kept").isEmpty();

        saved(drafts.decide("a", 0, "Ada", accepted.get()));
        assertThatThrownBy(() -> drafts.save("a", 1, "Ada", words, Optional.of(false), Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("reject it, or say that the picture is harmless");
        saved(drafts.save("a", 1, "Ben", words, Optional.of(false), Optional.empty()));
        assertThat(current("a").state()).as("that is another's word").isEqualTo(DraftState.ACCEPTED);
    }

    @Test
    void nobodyAcceptsASampleWhoseLastStepDoesNotHoldTheAnswer() {
        drafts.putAll(List.of(draft("a")));
        DraftText loose = new DraftText(
                draft("a").query(),
                draft("a").steps(),
                "certainly",
                Risk.UNSAFE,
                draft("a").category());

        assertThatThrownBy(() -> drafts.save(
                        "a", 0, "Ada", loose, Optional.empty(), Optional.of(Opinion.of(ReviewVerdict.ACCEPTED))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the last step does not hold the answer \"certainly\"");
        saved(drafts.save("a", 0, "Ada", loose, Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> drafts.decide("a", 1, "Ben", Opinion.of(ReviewVerdict.ACCEPTED)))
                .isInstanceOf(InputException.class);
        saved(drafts.decide("a", 1, "Ben", rejected(Reason.WRONG_STEP)));
        assertThat(current("a").state()).isEqualTo(DraftState.REJECTED);
    }

    private List<Boolean> words(String id) {
        return drafts.history(id).stream()
                .filter(event -> event instanceof Event.Looked word && word.standing())
                .map(event -> ((Event.Looked) event).harmless())
                .toList();
    }

    @Test
    void aRevisionKeepsTheOriginalAndSaysWhoChangedWhat() {
        drafts.putAll(List.of(draft("a")));

        Reviewed after = saved(drafts.save(
                "a", 0, "Ada", asking(draft("a"), "May I keep this here?"), Optional.empty(), Optional.empty()));

        assertThat(after.original()).isEqualTo(draft("a"));
        assertThat(after.current().query()).isEqualTo("May I keep this here?");
        assertThat(after.revised()).isTrue();
        assertThat(after.version()).isEqualTo(1);
        assertThat(drafts.current("a").map(Reviewed::original)).contains(draft("a"));
        assertThat(drafts.history("a")).singleElement().satisfies(event -> {
            assertThat(event.reviewer()).isEqualTo("Ada");
            assertThat(event.at()).isAfter(Instant.parse("2026-01-01T08:00:00Z"));
            assertThat(((Event.Revised) event).changes())
                    .containsExactly(new FieldChange(
                            "query",
                            Json.tree("May I store this next to the stove?"),
                            Json.tree("May I keep this here?")));
        });
    }

    @Test
    void wordsThatAreEqualChangeNothing() {
        drafts.putAll(List.of(draft("a")));

        assertThat(saved(drafts.save("a", 0, "Ada", draft("a").wording(), Optional.empty(), Optional.empty()))
                        .version())
                .isZero();
        assertThat(drafts.history("a")).isEmpty();
    }

    @Test
    void whoeverSawAnOlderVersionWritesNothing() {
        drafts.putAll(List.of(draft("a")));
        drafts.save("a", 0, "Ada", asking(draft("a"), "first"), Optional.empty(), Optional.empty());

        SaveResult second =
                drafts.save("a", 0, "Ben", asking(draft("a"), "second"), Optional.empty(), Optional.empty());
        SaveResult verdict = drafts.save(
                "a",
                0,
                "Ben",
                asking(draft("a"), "third"),
                Optional.empty(),
                Optional.of(Opinion.of(ReviewVerdict.ACCEPTED)));

        assertThat(second).isInstanceOfSatisfying(SaveResult.Conflict.class, conflict -> {
            assertThat(conflict.now().version()).isEqualTo(1);
            assertThat(conflict.now().current().query()).isEqualTo("first");
        });
        assertThat(verdict).isInstanceOf(SaveResult.Conflict.class);
        assertThat(current("a").state()).isEqualTo(DraftState.DRAFT);
        assertThat(drafts.history("a")).hasSize(1);
    }

    @Test
    void manyAtOnceNeverOverwriteEachOther() throws Exception {
        drafts.putAll(List.of(draft("a")));
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int writer = i;
            writers.add(() -> drafts.save(
                            "a",
                            0,
                            "R" + writer,
                            asking(draft("a"), "by " + writer),
                            Optional.empty(),
                            Optional.empty())
                    instanceof SaveResult.Saved);
        }
        int won = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> result : threads.invokeAll(writers)) {
                won += result.get() ? 1 : 0;
            }
        }

        assertThat(won).isEqualTo(1);
        assertThat(drafts.history("a")).hasSize(1);
        assertThat(current("a").version()).isEqualTo(1);
    }

    @Test
    void wordsAndVerdictAreKeptTogether() {
        drafts.putAll(List.of(draft("a")));
        Opinion good = new Opinion(
                ReviewVerdict.ACCEPTED, List.of(), Map.of(Criterion.INTEGRITY, 5, Criterion.DIFFICULTY, 3), " fine ");

        Reviewed after =
                saved(drafts.save("a", 0, "Ada", asking(draft("a"), "better"), Optional.empty(), Optional.of(good)));

        assertThat(after.version()).isEqualTo(2);
        assertThat(after.state()).isEqualTo(DraftState.ACCEPTED);
        assertThat(after.current().query()).isEqualTo("better");
        assertThat(drafts.history("a")).hasSize(2);
        assertThat(((Event.Decided) drafts.history("a").getLast()).opinion()).isEqualTo(good);
    }

    @Test
    void aRejectionNeedsAReason() {
        assertThatThrownBy(() -> Opinion.of(ReviewVerdict.REJECTED))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("needs a reason");
        assertThatThrownBy(() -> new Opinion(ReviewVerdict.ACCEPTED, List.of(), Map.of(Criterion.INTEGRITY, 6), ""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 to 5");
    }

    @Test
    void wordsAndNotesThatNoPageCouldShowAreNotTaken() {
        put(1);
        Draft draft = current("d1").current();
        DraftText ofLetters = asking(draft, "q".repeat(200_001));
        DraftText ofSteps = new DraftText("q", Collections.nCopies(1001, "no"), "no", draft.risk(), "fire");

        assertThatThrownBy(() -> drafts.save("d1", 0, "Ada", ofLetters, Optional.empty(), Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("people can revise at most 200000");
        assertThatThrownBy(() -> drafts.save("d1", 0, "Ada", ofSteps, Optional.empty(), Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessage("'steps' has 1001 steps, and people can revise at most 1000");
        Opinion note = new Opinion(ReviewVerdict.ACCEPTED, List.of(), Map.of(), "n".repeat(200_001));
        assertThatThrownBy(() -> drafts.decide("d1", 0, "Ada", note))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("'note' has 200001 characters");
        assertThat(drafts.history("d1")).isEmpty();
    }

    @Test
    void theMajorityDecidesAndATieIsDisputed() {
        drafts.putAll(List.of(draft("a")));
        saved(drafts.decide("a", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED)));
        Reviewed tie = saved(drafts.decide("a", 1, "Ben", rejected(Reason.TOO_EASY)));
        Reviewed majority = saved(drafts.decide("a", 2, "Cem", rejected(Reason.REDUNDANT)));

        assertThat(tie.state()).isEqualTo(DraftState.DRAFT);
        assertThat(tie.disputed()).isTrue();
        assertThat(majority.state()).isEqualTo(DraftState.REJECTED);
        assertThat(majority.opinions()).isEqualTo(3);
        assertThat(drafts.counts()).isEqualTo(new ReviewCounts(0, 0, 1, 1, 0, 1));
    }

    @Test
    void decidingAgainReplacesOnesOwnWord() {
        drafts.putAll(List.of(draft("a")));
        saved(drafts.decide("a", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED)));

        Reviewed after = saved(drafts.decide("a", 1, "Ada", rejected(Reason.NOT_RISKY)));

        assertThat(after.state()).isEqualTo(DraftState.REJECTED);
        assertThat(after.opinions()).isEqualTo(1);
        assertThat(drafts.history("a")).hasSize(2);
    }

    @Test
    void aDecisionCountsForTheWordsThatItWasMadeOn() {
        drafts.putAll(List.of(draft("a")));
        drafts.decide("a", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED));
        drafts.decide("a", 1, "Ben", Opinion.of(ReviewVerdict.ACCEPTED));

        Reviewed changed = saved(
                drafts.save("a", 2, "Ben", asking(draft("a"), "another question"), Optional.empty(), Optional.empty()));
        assertThat(changed.state()).as("Ben's own word").isEqualTo(DraftState.ACCEPTED);
        assertThat(changed.opinions()).isEqualTo(1);
        assertThat(drafts.next(Filter.ALL, "Ada", 0)).as("Ada is asked again").contains("a");
        assertThat(drafts.next(Filter.ALL, "Ben", 0)).isEmpty();

        Reviewed back = saved(drafts.undo("a", 3, "Ben"));
        assertThat(back.opinions()).as("the words are Ada's again").isEqualTo(2);

        Reviewed hers = saved(drafts.save(
                "a", back.version(), "Cem", asking(draft("a"), "a third"), Optional.empty(), Optional.empty()));
        assertThat(hers.state()).isEqualTo(DraftState.DRAFT);
        assertThat(hers.opinions()).isZero();
        Reviewed again = saved(drafts.decide("a", hers.version(), "Ada", rejected(Reason.TOO_EASY)));
        assertThat(again.state()).isEqualTo(DraftState.REJECTED);
        Reviewed taken = saved(drafts.undo("a", again.version(), "Ada"));
        assertThat(taken.state())
                .as("what she said before, she said of other words")
                .isEqualTo(DraftState.DRAFT);
    }

    @Test
    void whatIsDecidedIsNoLongerKeptFromOthers() {
        put(2);
        assertThat(drafts.next(Filter.ALL, "Ada", 0)).contains("d1");
        assertThat(drafts.next(Filter.ALL, "Ben", 0)).contains("d2");
        drafts.decide("d1", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED));
        assertThat(drafts.next(Filter.ALL, "Cem", 0)).as("a second opinion").contains("d1");
        drafts.decide("d2", 0, "Ben", Opinion.of(ReviewVerdict.SKIPPED));
        assertThat(drafts.next(Filter.ALL, "Ada", 0)).as("what Ben skipped").contains("d2");
    }

    @Test
    void undoGoesBackStepByStep() {
        drafts.putAll(List.of(draft("a")));
        drafts.save(
                "a",
                0,
                "Ada",
                asking(draft("a"), "better"),
                Optional.empty(),
                Optional.of(Opinion.of(ReviewVerdict.ACCEPTED)));
        drafts.decide("a", 2, "Ada", rejected(Reason.WRONG_STEP));

        assertThat(drafts.lastTouched("Ada")).contains("a");
        Reviewed once = saved(drafts.undo("a", 3, "Ada"));
        Reviewed twice = saved(drafts.undo("a", once.version(), "Ada"));
        Reviewed thrice = saved(drafts.undo("a", twice.version(), "Ada"));

        assertThat(once.state()).isEqualTo(DraftState.ACCEPTED);
        assertThat(twice.state()).isEqualTo(DraftState.DRAFT);
        assertThat(twice.current().query()).isEqualTo("better");
        assertThat(thrice.current()).isEqualTo(draft("a"));
        assertThat(thrice.revised()).isFalse();
        assertThat(drafts.lastTouched("Ada")).isEmpty();
        assertThat(drafts.history("a")).as("nothing that happened is lost").hasSize(6);
        assertThat(saved(drafts.undo("a", thrice.version(), "Ada")).version())
                .as("nothing left to undo")
                .isEqualTo(thrice.version());
    }

    @Test
    void nobodyUndoesWhatOthersBuiltOn() {
        drafts.putAll(List.of(draft("a")));
        drafts.save("a", 0, "Ada", asking(draft("a"), "one"), Optional.empty(), Optional.empty());
        drafts.save("a", 1, "Ben", asking(draft("a"), "two"), Optional.empty(), Optional.empty());

        assertThat(saved(drafts.undo("a", 2, "Ada")).current().query()).isEqualTo("two");
        assertThat(saved(drafts.undo("a", 2, "Ben")).current().query()).isEqualTo("one");
        assertThat(saved(drafts.undo("a", 3, "Ada")).current()).isEqualTo(draft("a"));
    }

    @Test
    void theNextDraftIsOnesOwnForAWhile() {
        put(3);

        assertThat(drafts.next(Filter.ALL, "Ada", 0)).contains("d1");
        assertThat(drafts.next(Filter.ALL, "Ben", 0))
                .as("the first is being looked at")
                .contains("d2");
        assertThat(drafts.next(Filter.ALL, "Ada", 0)).as("asking again").contains("d1");
        drafts.decide("d1", 0, "Ada", Opinion.of(ReviewVerdict.SKIPPED));
        assertThat(drafts.next(Filter.ALL, "Ada", 1)).contains("d3");
        drafts.decide("d3", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED));
        assertThat(drafts.next(Filter.ALL, "Ada", 3))
                .as("d1 skipped, d2 Ben's, d3 done")
                .isEmpty();
        now = now.plus(Duration.ofMinutes(11));
        assertThat(drafts.next(Filter.ALL, "Ada", 3))
                .as("Ben went away; from the start again")
                .contains("d2");
    }

    @Test
    void noTwoReviewersAreHandedTheSameDraft() throws Exception {
        put(40);
        List<Callable<List<String>>> people = new ArrayList<>();
        for (String name : List.of("Ada", "Ben", "Cem", "Dora")) {
            people.add(() -> {
                List<String> mine = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    String id = drafts.next(Filter.ALL.state(DraftState.DRAFT), name, 0)
                            .orElseThrow();
                    saved(drafts.decide(id, 0, name, Opinion.of(ReviewVerdict.ACCEPTED)));
                    mine.add(id);
                }
                return mine;
            });
        }
        Set<String> all = new LinkedHashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<String>> mine : threads.invokeAll(people)) {
                all.addAll(mine.get());
            }
        }

        assertThat(all).hasSize(40);
        assertThat(drafts.counts().accepted()).isEqualTo(40);
    }

    @Test
    void filtersSayWhichDraftsAreMeant() {
        put(7);
        drafts.putAll(List.of(new Draft(
                "safe",
                "s.png",
                "Is this jar of honey old?",
                List.of("It looks fresh."),
                "fresh",
                Risk.SAFE,
                "food",
                Json.object(),
                Json.object())));
        drafts.decide("d1", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED));
        drafts.decide("d2", 0, "Ada", rejected(Reason.PRIVATE));
        drafts.decide("d2", 1, "Ben", Opinion.of(ReviewVerdict.ACCEPTED));
        drafts.save(
                "d3", 0, "Ben", asking(draft("d3"), "Where do the candles go?"), Optional.empty(), Optional.empty());

        assertThat(ids(Filter.ALL)).hasSize(8);
        assertThat(ids(Filter.ALL.state(DraftState.ACCEPTED))).containsExactly("d1");
        assertThat(ids(Filters.categories(List.of("food", "none")))).containsExactly("safe");
        assertThat(ids(new Filter(
                        Optional.empty(), List.of(), Optional.of(Risk.SAFE), Optional.empty(), Optional.empty(), "")))
                .containsExactly("safe");
        assertThat(ids(Filters.reviewer("Ben"))).containsExactly("d2");
        assertThat(ids(Filters.mark(DraftFlag.DISPUTED))).containsExactly("d2");
        assertThat(ids(Filters.mark(DraftFlag.SEVERAL_OPINIONS))).containsExactly("d2");
        assertThat(ids(Filters.mark(DraftFlag.ONE_OPINION))).containsExactly("d1");
        assertThat(ids(Filters.mark(DraftFlag.REVISED))).containsExactly("d3");
        assertThat(drafts.categories(Optional.empty())).isEqualTo(Map.of("fire", 7L, "food", 1L));
    }

    @Test
    void searchFindsBeginningsOfWordsInWhatStandsNow() {
        put(2);
        drafts.save(
                "d2",
                0,
                "Ada",
                asking(draft("d2"), "Where do the CANDLES go, O'Brien?"),
                Optional.empty(),
                Optional.empty());

        assertThat(ids(Filters.words("petrol"))).containsExactly("d1", "d2");
        assertThat(ids(Filters.words("cand"))).containsExactly("d2");
        assertThat(ids(Filters.words("flame cand"))).containsExactly("d2");
        assertThat(ids(Filters.words("o'brien"))).containsExactly("d2");
        assertThat(ids(Filters.words("stove"))).as("the word that was replaced").containsExactly("d1");
        assertThat(ids(Filters.words("zebra"))).isEmpty();
    }

    @Test
    void wordsAreSearchedAmongWhatAllOtherFiltersLeave() {
        put(4);
        drafts.save(
                "d1", 0, "Ada", asking(draft("d1"), "Where do the candles go?"), Optional.empty(), Optional.empty());
        for (String id : List.of("d1", "d2", "d3")) {
            drafts.decide(id, current(id).version(), "Ada", Opinion.of(ReviewVerdict.ACCEPTED));
        }
        drafts.decide("d3", 1, "Ben", Opinion.of(ReviewVerdict.ACCEPTED));
        Filter all = new Filter(
                Optional.of(DraftState.ACCEPTED),
                List.of("fire", "food"),
                Optional.of(Risk.UNSAFE),
                Optional.of("Ada"),
                Optional.of(DraftFlag.ONE_OPINION),
                "petrol");

        assertThat(ids(all)).containsExactly("d1", "d2");
        assertThat(ids(new Filter(
                        all.state(), all.categories(), all.risk(), all.reviewer(), all.mark(), "petrol cand")))
                .containsExactly("d1");
        DraftList second = drafts.page(Filters.words("p"), 2, 3);
        assertThat(second.rows()).singleElement().extracting(DraftRow::id).isEqualTo("d4");
        assertThat(second.total()).isEqualTo(4);
    }

    @Test
    void whatPeopleTypeIsNeverTakenForTheDatabasesLanguage() {
        put(1);

        for (String typed : List.of("\"", "' or 1=1 --", "petrol)", "NEAR(", "*", ":*", "!", "&|", "ß 猫", "%", "\\")) {
            assertThat(ids(Filters.words(typed))).as(typed).hasSizeBetween(0, 1);
            assertThat(ids(Filters.reviewer(typed))).as(typed).isEmpty();
        }
    }

    private List<String> ids(Filter filter) {
        List<String> ids = new ArrayList<>();
        drafts.each(filter, reviewed -> ids.add(reviewed.id()));
        DraftList page = drafts.page(filter, 1, 30);
        assertThat(page.rows()).extracting(DraftRow::id).isEqualTo(ids);
        assertThat(page.total()).isEqualTo(ids.size());
        return ids;
    }

    @Test
    void pagesAndNeighboursGoInTheOrderInWhichDraftsCame() {
        put(25);

        DraftList last = drafts.page(Filter.ALL, 99, 10);

        assertThat(last.number()).isEqualTo(3);
        assertThat(last.pages()).isEqualTo(3);
        assertThat(last.rows()).extracting(DraftRow::id).containsExactly("d21", "d22", "d23", "d24", "d25");
        assertThat(drafts.page(Filter.ALL, 0, 10).number()).isEqualTo(1);
        long at = current("d10").seq();
        assertThat(drafts.neighbour(Filter.ALL, at, true)).contains("d11");
        assertThat(drafts.neighbour(Filter.ALL, at, false)).contains("d9");
        assertThat(drafts.neighbour(Filter.ALL, current("d25").seq(), true)).isEmpty();
    }

    @Test
    void whatEachReviewerDidIsCounted() {
        put(3);
        drafts.undo("d1", 0, "Eva");
        drafts.undo("d1", 0, "Eva");
        drafts.save(
                "d1",
                0,
                "Ada",
                asking(draft("d1"), "new"),
                Optional.empty(),
                Optional.of(Opinion.of(ReviewVerdict.ACCEPTED)));
        drafts.decide("d2", 0, "Ada", rejected(Reason.DUPLICATE));
        drafts.decide("d3", 0, "Ada", Opinion.of(ReviewVerdict.SKIPPED));

        assertThat(drafts.reviewers()).containsExactly("Ada", "Eva");
        assertThat(drafts.tallies()).hasSize(2);
        ReviewerTally ada = drafts.tallies().getFirst();
        assertThat(ada).isEqualTo(new ReviewerTally("Ada", 1, 1, 1, 1, ada.last()));
        assertThat(ada.last()).isPresent();
        assertThat(drafts.tallies().getLast()).isEqualTo(new ReviewerTally("Eva", 0, 0, 0, 0, Optional.empty()));
    }

    @Test
    void agreementIsCountedOverCommonDrafts() {
        put(10);
        // Ada and Ben: 4 both accept, 1 Ada alone, 2 Ben alone, 3 both reject.
        for (int i = 1; i <= 10; i++) {
            boolean ada = i <= 5;
            boolean ben = i <= 4 || i == 6 || i == 7;
            drafts.decide("d" + i, 0, "Ada", ada ? Opinion.of(ReviewVerdict.ACCEPTED) : rejected(Reason.TOO_EASY));
            drafts.decide("d" + i, 1, "Ben", ben ? Opinion.of(ReviewVerdict.ACCEPTED) : rejected(Reason.TOO_EASY));
        }
        drafts.decide("d1", 2, "Cem", Opinion.of(ReviewVerdict.SKIPPED));

        ReviewerAgreement agreement = drafts.agreements().getFirst();

        assertThat(drafts.agreements()).hasSize(1);
        assertThat(agreement).isEqualTo(new ReviewerAgreement("Ada", "Ben", 4, 1, 2, 3));
        // p_o = 7/10, p_e = 0.5 * 0.6 + 0.5 * 0.4 = 0.5, kappa = 0.2 / 0.5.
        assertThat(agreement.kappa()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void nobodyIsCalledNothing() {
        drafts.putAll(List.of(draft("a")));

        assertThatThrownBy(() -> drafts.undo("a", 0, "  ")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> drafts.decide("a", 0, "A\nB", Opinion.of(ReviewVerdict.ACCEPTED)))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> drafts.decide("zzz", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no draft \"zzz\"");
    }
}
