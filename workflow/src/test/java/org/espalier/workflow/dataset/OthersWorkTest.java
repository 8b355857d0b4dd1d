package org.espalier.workflow.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.espalier.core.InputException;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.TreeFile;
import org.espalier.ssui.export.TrainingForm;
import org.espalier.workflow.explore.ExploredRun;
import org.espalier.workflow.internal.RemoteModel;
import org.espalier.workflow.run.RunPlans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is somebody else's, or not yet whole, is neither written over, nor copied from, nor taken for what it is not. */
class OthersWorkTest {
    @TempDir
    Path folder;

    private Path data;
    private Path review;

    @BeforeEach
    void aReview() throws IOException {
        data = Files.writeString(Files.createDirectories(folder.resolve("data")).resolve("ssui.jsonl"), "{}\n");
        review = folder.resolve("review");
        new DraftFolder(review).begin(data);
    }

    private static void refused(ThrowingCallable what, String... words) {
        assertThatThrownBy(what).isInstanceOf(InputException.class).hasMessageContainingAll(words);
    }

    /** A folder from elsewhere could name any folder of this machine, and its files would be in the dataset that is handed on. */
    @Test
    void picturesAreCopiedFromNoFolderThatDraftsMerelyName() throws IOException {
        DraftFolder drafts = new DraftFolder(review);
        assertThat(drafts.ownPictures(Optional.empty(), "--pool")).isDirectory();
        Files.writeString(data, "{\"other\": 1}\n");
        refused(
                () -> drafts.ownPictures(Optional.empty(), "--pool"),
                "says that its pictures lie in",
                "name the folder of the pictures with --pool");
        assertThat(drafts.ownPictures(Optional.of(data.getParent()), "--pool")).isDirectory();
        Files.delete(data);
        refused(() -> drafts.ownPictures(Optional.empty(), "--pool"), "is gone or has changed");
    }

    @Test
    void draftsWhosePicturesLieElsewhereAreNotMixed() throws IOException {
        new DraftFolder(review).begin(data);
        Path other = Files.copy(
                data, Files.createDirectories(folder.resolve("other")).resolve("ssui.jsonl"));
        refused(
                () -> new DraftFolder(review).begin(other),
                "holds drafts whose pictures lie in",
                "into another folder");
        Path run = folder.resolve("run");
        try (RunFolder begun = RunFolder.open(run, RunPlans.of("bench").build())) {
            begun.finish();
        }
        refused(() -> new DraftFolder(run).begin(data), "holds another run (bench)");
    }

    @Test
    void anExplorationThatHasNotEndedIsNotTrainedOn() throws IOException {
        Path run = folder.resolve("explored");
        try (RunFolder begun = RunFolder.open(run, RunPlans.of("explore").build())) {
            Files.writeString(begun.resolve(TreeFile.NAME), "");
            refused(() -> ExploredRun.of(run, Optional.of(data), true), "has not come to its end");
            begun.finish();
        }
        refused(() -> ExploredRun.of(run, Optional.empty(), true), "is not there: give it with --data");
    }

    @Test
    void pairsAreWrittenIntoNoFolderThatIsThere() {
        PreferencePairs pairs =
                new PreferencePairs(folder, Optional.empty(), TrainingForm.TRL, 1, true, data.getParent());
        refused(pairs::run, "is there already: choose a new folder");
        refused(pairs::plan, "is there already: choose a new folder");
    }

    @Test
    void anotherMachinesFilesMustBeTheSame() {
        RemoteModel.require(data, "aa", "aa");
        refused(() -> RemoteModel.require(data, "aa", "bb"), "is another than where the run was started");
    }
}
