package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The studio as a user opens it; what it shows then is tested in its own room. */
class StudioVerbTest {
    @TempDir
    private Path folder;

    private final Typed espalier = new Typed();

    private Path data() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.write(data.resolve("a.png"), new byte[] {1});
        return Files.writeString(
                data.resolve("ssui.jsonl"),
                "{\"id\":\"x\",\"image\":\"a.png\",\"query\":\"Is it safe?\",\"steps\":[\"No.\"],\"answer\":\"no\","
                        + "\"risk\":\"unsafe\",\"category\":\"fire\"}\n");
    }

    private String opened(Path review, Optional<Path> drafts) throws InterruptedException {
        espalier.studio(review, drafts);
        return espalier.out();
    }

    @Test
    void importsDraftsOnceAndOpensThemAgain() throws Exception {
        Path review = folder.resolve("review");

        assertThat(opened(review, Optional.of(data())))
                .contains("Imported 1 draft of 1")
                .containsPattern("http://127\\.0\\.0\\.1:\\d+/\\?token=[\\w-]{32}")
                .contains("Closed.");
        espalier.forget();
        assertThat(opened(review, Optional.of(data()))).contains("the others were there already");
        espalier.forget();
        assertThat(opened(review, Optional.empty())).doesNotContain("Imported").contains("token=");
        assertThat(espalier.run("studio", review, "--dry-run")).isZero();
        assertThat(espalier.out()).contains("to revise");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "studio runs",
                "explore --data d.jsonl --model m --verifier judge --endpoints e.yaml --out o",
                "ssui build --pool p --endpoints e.yaml --out o",
                "ssui export r --out o",
                "ssui trace r s"
            })
    void aPasswordInTheAddressOfAStoreIsRefusedAndNotShown(String command) {
        assertThat(espalier.run(command, "--store jdbc:postgresql://me:secret@127.0.0.1:1/reviews"))
                .isEqualTo(2);
        assertThat(espalier.err())
                .contains("--store holds a password")
                .contains("set the environment variable PGPASSWORD")
                .doesNotContain("secret");
    }

    @Test
    void anAddressWithoutAPasswordIsTried() throws Exception {
        opened(folder.resolve("review"), Optional.of(data()));
        espalier.forget();
        assertThat(espalier.run("studio", folder.resolve("review"), "--store jdbc:postgresql://me@127.0.0.1:1/reviews"))
                .isEqualTo(3);
        assertThat(espalier.err()).contains("does not answer");
    }

    @Test
    void aReviewAndItsPicturesMayBeMovedTogether() throws Exception {
        Path file = data();
        Path review = folder.resolve("reviews/first");
        opened(review, Optional.of(file));
        assertThat(review.resolve("run.json")).content().doesNotContain(folder.toString());

        Path moved = Files.createDirectories(folder.resolve("moved"));
        Files.move(file.getParent(), moved.resolve(file.getParent().getFileName()));
        Files.move(folder.resolve("reviews"), moved.resolve("reviews"));
        espalier.forget();
        assertThat(opened(moved.resolve("reviews/first"), Optional.empty())).contains("token=");
        Path again = moved.resolve(file.getParent().getFileName()).resolve(file.getFileName());
        assertThat(opened(moved.resolve("reviews/first"), Optional.of(again)))
                .contains("the others were there already");
    }

    @Test
    void aRunWhoseAnswersCameFromEndpointsIsLookedAtAndNotRevised() throws Exception {
        Path run = Files.createDirectories(folder.resolve("judged"));
        Files.writeString(run.resolve("run.json"), "{\"verb\":\"bench vlsbench\"}");
        Store.inFolder(run).close();
        byte[] journal = Files.readAllBytes(run.resolve(Store.FILE));

        assertThat(opened(run, Optional.empty())).contains("token=").contains("Closed.");

        assertThat(Files.readAllBytes(run.resolve(Store.FILE))).isEqualTo(journal);
        espalier.done("studio", run, "--dry-run");
        assertThat(espalier.out())
                .contains("Would open " + run + " to look at.")
                .doesNotContain("to revise");
    }

    @Test
    void saysWhatIsWrongInOneSentence() throws IOException {
        assertThat(espalier.run("studio", folder.resolve("nowhere"))).isEqualTo(2);
        assertThat(espalier.run("studio", data())).isEqualTo(2);
        assertThat(espalier.run("studio", data().getParent())).isEqualTo(2);
        assertThat(espalier.run("studio", folder, "--port 70000")).isEqualTo(2);
        assertThat(espalier.run("studio", folder, folder, "--import", data())).isEqualTo(2);
        assertThat(espalier.run("studio", folder, folder, "--import", data(), "--dry-run"))
                .isEqualTo(2);
        Path broken = Files.writeString(folder.resolve("broken.jsonl"), "{}\n");
        assertThat(espalier.run("studio", folder.resolve("new"), "--import", broken, "--dry-run"))
                .isEqualTo(2);
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(espalier.run("studio", folder.resolve("new"), "--import", folder.resolve("none.jsonl")))
                .isEqualTo(2);
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("run.json"), "{\"verb\":\"explore\"}");
        assertThat(espalier.run("studio", other, "--import", data())).isEqualTo(2);
        assertThat(espalier.err())
                .contains("holds another run (explore)")
                .contains("there is no folder")
                .contains("--import")
                .contains("holds no drafts and no run")
                .contains("0 to 65535")
                .contains("name one folder to import")
                .contains("there is no file")
                .doesNotContain("Exception");
        assertThat(folder.resolve("new")).doesNotExist();
    }
}
