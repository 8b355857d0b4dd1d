package org.espalier.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.espalier.core.Continuation.End;
import org.espalier.core.file.Json;
import org.espalier.serve.openai.ChatRequestReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WakerTest {
    private static final String ASKED =
            "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}], \"stream\": true}";

    private static Hearing hearing(Waker waker) {
        return new Hearing(new ChatRequestReader().read(Json.parse(ASKED)), waker);
    }

    /** What one who listens hears until its answer has ended. */
    private static CompletableFuture<List<String>> heard(Hearing hearing) {
        CompletableFuture<List<String>> all = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                List<String> pieces = new ArrayList<>();
                Hearing.Event event = hearing.next();
                while (event instanceof Hearing.Event.Said(int choice, String text, var tokens)) {
                    pieces.add(text);
                    event = hearing.next();
                }
                all.complete(pieces);
            } catch (InterruptedException e) {
                all.completeExceptionally(e);
            }
        });
        return all;
    }

    /** Some are told in every step, some in a few, with pauses or without: a wake-up that is lost would be waited for for ever. */
    @Test
    void nobodyIsForgottenHoweverStepsFollowEachOther() throws Exception {
        try (Waker waker = new Waker()) {
            List<Hearing> hearings = new ArrayList<>();
            List<CompletableFuture<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                hearings.add(hearing(waker));
                all.add(heard(hearings.get(i)));
            }
            for (int step = 0; step < 2_000; step++) {
                for (int i = 0; i < hearings.size(); i++) {
                    if (step % (i + 1) == 0) {
                        hearings.get(i).said(0, step + " ", List.of());
                    }
                }
                waker.run();
                if (step % 100 == 0) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
            hearings.forEach(one -> one.ended(0, End.FINISHED, 1));
            waker.run();
            for (int i = 0; i < hearings.size(); i++) {
                int each = i + 1;
                assertThat(all.get(i).get())
                        .containsExactlyElementsOf(IntStream.range(0, 2_000)
                                .filter(step -> step % each == 0)
                                .mapToObj(step -> step + " ")
                                .toList());
            }
        }
    }

    /** The thread that computes is long with the next step: what was said in the last one does not wait for it. */
    @Test
    void aPieceInTheMiddleIsHeardThoughNoFurtherStepComes() throws Exception {
        try (Waker waker = new Waker()) {
            Hearing hearing = hearing(waker);
            for (String piece : List.of("first", "second", "third")) {
                hearing.said(0, piece, List.of());
                waker.run();
            }
            for (String piece : List.of("first", "second", "third")) {
                assertThat(hearing.next())
                        .isInstanceOfSatisfying(
                                Hearing.Event.Said.class,
                                said -> assertThat(said.text()).isEqualTo(piece));
            }
        }
    }
}
