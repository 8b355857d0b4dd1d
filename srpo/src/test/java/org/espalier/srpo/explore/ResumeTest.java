package org.espalier.srpo.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.TreeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    private static final List<SsuiSample> QUESTIONS = GrammarQuestions.questions(22);

    @TempDir
    Path root;

    private static void explore(Path folder, int groupSize, long seed) {
        GrammarQuestions.explorer(new GrammarSampler(false), GrammarQuestions.groups(groupSize), QUESTIONS, seed)
                .explore(QUESTIONS, folder, Progress.SILENT);
    }

    @Test
    void theSizeOfAGroupDoesNotChangeTheContent() throws IOException {
        explore(root.resolve("one"), 1, 3);
        String trees = Files.readString(root.resolve("one/trees.jsonl"));
        String summary = Files.readString(root.resolve("one/summary.json"));
        for (int size : new int[] {3, 8, 22, 100}) {
            Path folder = root.resolve("group" + size);
            explore(folder, size, 3);
            assertThat(folder.resolve("trees.jsonl")).hasContent(trees);
            assertThat(folder.resolve("summary.json")).hasContent(summary);
        }
        explore(root.resolve("other"), 8, 4);
        assertThat(Files.readString(root.resolve("other/trees.jsonl"))).isNotEqualTo(trees);
    }

    @Test
    void aRunThatWasKilledAnywhereEndsInTheSameBytes() throws IOException {
        explore(root.resolve("whole"), 4, 3);
        byte[] whole = Files.readAllBytes(root.resolve("whole/trees.jsonl"));
        byte[] summary = Files.readAllBytes(root.resolve("whole/summary.json"));
        List<Integer> killed = new ArrayList<>(List.of(0, whole.length));
        for (int at = 0; at < whole.length; at++) {
            if (whole[at] == '\n') {
                Collections.addAll(killed, at, at + 1, Math.min(whole.length, at + 100));
            }
        }
        assertThat(killed).hasSize(2 + 3 * 22);
        for (int at : killed) {
            Path folder = Files.createDirectories(root.resolve("killed" + at));
            Files.write(folder.resolve("trees.jsonl"), java.util.Arrays.copyOf(whole, at));
            explore(folder, 4, 3);
            assertThat(Files.readAllBytes(folder.resolve("trees.jsonl")))
                    .as("killed at byte %d", at)
                    .isEqualTo(whole);
            assertThat(Files.readAllBytes(folder.resolve("summary.json"))).isEqualTo(summary);
        }
    }

    @Test
    void writesWhatReadsBackAsWhatWasFound() {
        explore(root, 4, 3);
        assertThat(TreeFile.read(root.resolve("trees.jsonl")))
                .isEqualTo(
                        GrammarQuestions.explorer(new GrammarSampler(false), GrammarQuestions.groups(4), QUESTIONS, 3)
                                .grow(QUESTIONS));
    }

    @Test
    void refusesTreesOfOtherQuestions() {
        explore(root, 4, 3);
        List<SsuiSample> other = new ArrayList<>(QUESTIONS);
        Collections.swap(other, 5, 6);
        Explorer explorer =
                GrammarQuestions.explorer(new GrammarSampler(false), GrammarQuestions.groups(4), QUESTIONS, 3);
        assertThatThrownBy(() -> explorer.explore(other, root, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("trees.jsonl, line 6");
        assertThatThrownBy(() -> explorer.explore(QUESTIONS.subList(0, 21), root, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 22");
    }

    @Test
    void tellsHowFarItHasCome() {
        List<Long> done = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        GrammarQuestions.explorer(new GrammarSampler(false), GrammarQuestions.groups(8), QUESTIONS, 3)
                .explore(QUESTIONS, root, (name, now, total, note) -> {
                    assertThat(total).isEqualTo(22);
                    done.add(now);
                    notes.add(note);
                });
        assertThat(done).isSorted().contains(0L, 8L, 16L, 22L);
        assertThat(notes.getLast()).matches("[1-9]\\d+ paths drawn, [1-9]\\d* pairs");
    }
}
