package org.espalier.ssui.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftImportTest {
    @TempDir
    private Path folder;

    private Store store;
    private Drafts drafts;

    @BeforeEach
    void open() throws IOException {
        store = Store.inFolder(folder, List.of(Drafts.MIGRATIONS));
        drafts = new Drafts(store);
        Files.write(folder.resolve("a.png"), new byte[] {1});
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static String line(String id, String image) {
        return "{\"id\":\"" + id + "\",\"image\":\"" + image + "\",\"query\":\"Is it safe?\",\"steps\":[\"No.\"],"
                + "\"answer\":\"no\",\"risk\":\"unsafe\",\"category\":\"fire\",\"split\":\"train\","
                + "\"tag\":{\"scenario\":\"a kitchen\"},\"provenance\":{\"source\":\"elsewhere\"}}\n";
    }

    private DraftImport.Outcome read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("ssui.jsonl"), text);
        return DraftImport.read(file, store, (name, done, total, note) -> {});
    }

    @Test
    void samplesBecomeDraftsWithEverythingTheyHad() throws IOException {
        assertThat(read(line("x", "a.png") + line("y", "a.png"))).isEqualTo(new DraftImport.Outcome(2, 2));

        Draft draft = drafts.current("x").map(Reviewed::original).orElseThrow();
        assertThat(draft.tag().path("scenario").asString()).isEqualTo("a kitchen");
        assertThat(draft.tag().path("split").asString()).isEqualTo("train");
        assertThat(draft.provenance().path("source").asString()).isEqualTo("elsewhere");
    }

    @Test
    void theSameImportAgainAddsNothingAndSpoilsNoRevision() throws IOException {
        read(line("x", "a.png"));
        drafts.decide("x", 0, "Ada", Opinion.of(ReviewVerdict.ACCEPTED));

        assertThat(read(line("x", "a.png") + line("y", "a.png"))).isEqualTo(new DraftImport.Outcome(2, 1));
        assertThat(drafts.current("x").orElseThrow().state()).isEqualTo(DraftState.ACCEPTED);
    }

    @Test
    void namesEveryLineThatIsWrongAndKeepsTheSoundOnes() {
        assertThatThrownBy(() -> read(line("x", "a.png") + line("y", "../secret.png") + "nonsense\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("../secret.png")
                .hasMessageContaining("line 3");
        assertThat(drafts.current("x").map(Reviewed::original)).isPresent();
        assertThat(drafts.current("y").map(Reviewed::original)).isEmpty();
    }

    @Test
    void aSampleThatNoPageCouldShowIsRefusedWithItsLine() {
        String steps = "\"steps\":[" + "\"No.\",".repeat(1000) + "\"No.\"]";
        String tag = "\"tag\":{\"scenario\":\"" + "a".repeat(2_000_000) + "\"}";
        String much = line("y", "a.png").replace("\"steps\":[\"No.\"]", steps);
        String more = line("z".repeat(1001), "a.png").replace("\"tag\":{\"scenario\":\"a kitchen\"}", tag);

        assertThatThrownBy(() -> read(line("x", "a.png") + much + more))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2, field \"steps\": has 1001 steps, and people can revise at most 1000")
                .hasMessageContaining("line 3, field \"id\": has 1001 characters")
                .hasMessageContaining("line 3, field \"tag\": has 2000031 characters");
        assertThat(drafts.counts().total()).isEqualTo(1);
    }

    @Test
    void refusesAFileWithoutSamples() {
        assertThatThrownBy(() -> read("")).isInstanceOf(InputException.class).hasMessageContaining("no sample");
    }
}
