package org.espalier.ssui.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to drafts, whatever the database. */
abstract class DraftsContract {
    private static final Opinion NO = new Opinion(Verdict.REJECTED, List.of(Reason.TOO_EASY), Map.of(), "");

    @TempDir
    Path folder;

    private final List<Store> open = new ArrayList<>();

    /** The address of an empty database. */
    abstract String url();

    @AfterEach
    void close() {
        open.forEach(Store::close);
    }

    private Drafts drafts(int count) {
        String url = url();
        String kind = url.startsWith("jdbc:sqlite") ? "/sqlite" : "/postgresql";
        Store store = Store.open(url, List.of(Drafts.MIGRATIONS + kind));
        open.add(store);
        Drafts drafts = new Drafts(store.dataSource(), store.postgres());
        drafts.putAll(IntStream.range(0, count).mapToObj(DraftsContract::draft).toList());
        return drafts;
    }

    private static Draft draft(int number) {
        return new Draft(
                "d" + number,
                "images/" + number + ".png",
                "May I do number " + number + "?",
                List.of("It shows a thing.", "No, it burns."),
                "it burns",
                Risk.UNSAFE,
                number % 2 == 0 ? "even" : "odd",
                Json.object().put("scenario", "fire"),
                Json.object().put("source", "test"));
    }

    private static Wording words(String query) {
        return new Wording(query, List.of("It shows a thing.", "No, it burns."), "it burns", Risk.UNSAFE, "odd");
    }

    private static Reviewed saved(Saving saving) {
        assertThat(saving).isInstanceOf(Saving.Saved.class);
        return ((Saving.Saved) saving).now();
    }

    @Test
    void theModelsOriginalIsNeverLost() {
        Drafts drafts = drafts(1);
        Reviewed once = saved(drafts.revise("d0", 0, "ann", words("May I?")));
        Reviewed twice = saved(drafts.revise("d0", once.version(), "bob", words("May I now?")));

        assertThat(twice.current().query()).isEqualTo("May I now?");
        assertThat(twice.original()).isEqualTo(draft(0));
        assertThat(twice.revised()).isTrue();
        assertThat(drafts.find("d0")).contains(draft(0));
        assertThat(drafts.history("d0"))
                .extracting(event -> event instanceof Event.Revised revised ? revised.reviewer() : "")
                .containsExactly("ann", "bob");
        Event.Revised second = (Event.Revised) drafts.history("d0").getLast();
        assertThat(second.changes()).singleElement().satisfies(change -> {
            assertThat(change.field()).isEqualTo("query");
            assertThat(change.from().asString()).isEqualTo("May I?");
            assertThat(change.to().asString()).isEqualTo("May I now?");
        });
    }

    @Test
    void twoWhoWriteAtOnceDoNotOverwriteEachOther() {
        Drafts drafts = drafts(1);
        saved(drafts.revise("d0", 0, "ann", words("Ann's words?")));
        Saving late = drafts.revise("d0", 0, "bob", words("Bob's words?"));

        assertThat(late).isInstanceOf(Saving.Conflict.class);
        assertThat(((Saving.Conflict) late).now().current().query()).isEqualTo("Ann's words?");
        assertThat(drafts.history("d0")).hasSize(1);
    }

    @Test
    void equalWordsChangeNothing() {
        Drafts drafts = drafts(1);
        Reviewed same = saved(drafts.revise("d0", 0, "ann", draft(0).wording()));

        assertThat(same.version()).isZero();
        assertThat(drafts.history("d0")).isEmpty();
    }

    @Test
    void undoTakesBackOnesOwnLastWordAndLeavesATrace() {
        Drafts drafts = drafts(1);
        Reviewed revised = saved(drafts.revise("d0", 0, "ann", words("May I?")));
        Reviewed decided = saved(drafts.decide("d0", revised.version(), "ann", Opinion.of(Verdict.ACCEPTED)));
        assertThat(decided.state()).isEqualTo(State.ACCEPTED);

        Reviewed open = saved(drafts.undo("d0", decided.version(), "ann"));
        assertThat(open.state()).isEqualTo(State.DRAFT);
        assertThat(open.current().query()).isEqualTo("May I?");
        Reviewed back = saved(drafts.undo("d0", open.version(), "ann"));
        assertThat(back.current()).isEqualTo(draft(0));
        assertThat(back.revised()).isFalse();
        Reviewed nothing = saved(drafts.undo("d0", back.version(), "ann"));
        assertThat(nothing.version()).isEqualTo(back.version());
        assertThat(drafts.history("d0")).hasSize(4);
    }

    @Test
    void aDecisionTakesThePlaceOfOnesEarlierOne() {
        Drafts drafts = drafts(1);
        Reviewed first = saved(drafts.decide("d0", 0, "ann", Opinion.of(Verdict.ACCEPTED)));
        Opinion no = new Opinion(
                Verdict.REJECTED, List.of(Reason.TOO_EASY), Map.of(Criterion.DIFFICULTY, 1), "gives it away");
        Reviewed second = saved(drafts.decide("d0", first.version(), "ann", no));

        assertThat(second.state()).isEqualTo(State.REJECTED);
        assertThat(second.opinions()).isEqualTo(1);
        Event.Decided last = (Event.Decided) drafts.history("d0").getLast();
        assertThat(last.opinion()).isEqualTo(no);
        assertThat(saved(drafts.undo("d0", second.version(), "ann")).state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void theMajorityDecidesAndATieStaysOpen() {
        Drafts drafts = drafts(1);
        Reviewed now = saved(drafts.decide("d0", 0, "ann", Opinion.of(Verdict.ACCEPTED)));
        now = saved(drafts.decide("d0", now.version(), "bob", NO));
        assertThat(now.state()).isEqualTo(State.DRAFT);
        assertThat(now.disputed()).isTrue();
        now = saved(drafts.decide("d0", now.version(), "cem", NO));
        assertThat(now.state()).isEqualTo(State.REJECTED);

        Counts counts = drafts.counts();
        assertThat(counts.rejected()).isEqualTo(1);
        assertThat(counts.disputed()).isEqualTo(1);
        assertThat(counts.severalOpinions()).isEqualTo(1);
    }

    @Test
    void reviewersAreHandedDifferentDrafts() {
        Drafts drafts = drafts(20);
        Set<String> handed = Collections.synchronizedSet(new HashSet<>());
        List<Thread> people = IntStream.range(0, 10)
                .mapToObj(person -> Thread.ofVirtual().start(() -> {
                    drafts.next(Filter.ALL, "person " + person, 0).ifPresent(handed::add);
                }))
                .toList();
        people.forEach(DraftsContract::join);

        assertThat(handed).hasSize(10);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoSkipsIsNotAskedAgainAndOthersAre() {
        Drafts drafts = drafts(1);
        saved(drafts.decide("d0", 0, "ann", Opinion.of(Verdict.SKIPPED)));

        assertThat(drafts.next(Filter.ALL, "ann", 0)).isEmpty();
        assertThat(drafts.next(Filter.ALL, "bob", 0)).isEqualTo(Optional.of("d0"));
        assertThat(drafts.counts().decided()).isZero();
    }

    @Test
    void findsByStateCategoryAndWords() {
        Drafts drafts = drafts(30);
        saved(drafts.decide("d7", 0, "ann", Opinion.of(Verdict.ACCEPTED)));
        saved(drafts.revise("d8", 0, "ann", words("Is petrol a good idea?")));

        assertThat(drafts.page(Filter.ALL, 1, 10).rows()).hasSize(10);
        assertThat(drafts.page(Filter.ALL, 3, 10).total()).isEqualTo(30);
        assertThat(drafts.page(Filter.ALL.state(State.ACCEPTED), 1, 10).rows())
                .extracting(Row::id)
                .containsExactly("d7");
        assertThat(drafts.page(Filter.ALL.words("petrol idea"), 1, 10).rows())
                .extracting(Row::id)
                .containsExactly("d8");
        assertThat(drafts.page(Filter.ALL.categories(List.of("even")), 1, 10).total())
                .isEqualTo(14);
        assertThat(drafts.categories(Optional.empty())).isEqualTo(Map.of("even", 14L, "odd", 16L));
        assertThat(drafts.page(Filter.ALL.mark(Mark.REVISED), 1, 10).rows())
                .extracting(Row::id)
                .containsExactly("d8");
        assertThat(drafts.page(Filter.ALL.words("'; drop table draft; --"), 1, 10)
                        .total())
                .isZero();
        assertThat(drafts.counts().total()).isEqualTo(30);
    }

    @Test
    void tellsHowFarTwoAgreeBeyondChance() {
        Drafts drafts = drafts(10);
        // Both accept 4, both reject 3, one only 2, the other only 1: p_o = 0.7, p_e = 0.6 * 0.5 + 0.4 * 0.5 = 0.5.
        String ann = "AAAARRRAAR";
        String bob = "AAAARRRRRA";
        for (int i = 0; i < 10; i++) {
            Reviewed now = saved(drafts.decide("d" + i, 0, "ann", opinion(ann.charAt(i))));
            saved(drafts.decide("d" + i, now.version(), "bob", opinion(bob.charAt(i))));
        }

        assertThat(drafts.agreements()).singleElement().satisfies(agreement -> {
            assertThat(agreement.drafts()).isEqualTo(10);
            assertThat(agreement.observed()).isCloseTo(0.7, within(1e-12));
            assertThat(agreement.kappa()).isCloseTo(0.4, within(1e-12));
        });
        assertThat(drafts.tallies()).hasSize(2);
    }

    private static Opinion opinion(char letter) {
        return letter == 'A' ? Opinion.of(Verdict.ACCEPTED) : NO;
    }

    @Test
    void aDraftIsPutOnceAndWhatPeopleDidStays() {
        Drafts drafts = drafts(2);
        saved(drafts.revise("d1", 0, "ann", words("May I?")));

        assertThat(drafts.put(draft(1))).isFalse();
        assertThat(drafts.current("d1").orElseThrow().current().query()).isEqualTo("May I?");
    }

    @Test
    void refusesWhatNobodyCouldMean() {
        Drafts drafts = drafts(1);

        assertThatThrownBy(() -> drafts.revise("nobody", 0, "ann", words("May I?")))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> drafts.decide("d0", 0, " ", Opinion.of(Verdict.ACCEPTED)))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Opinion.of(Verdict.REJECTED))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("needs a reason");
        assertThatThrownBy(() -> new Wording("q", List.of("a", "b"), "b", Risk.UNSAFE, " "))
                .isInstanceOf(InputException.class);
    }
}
