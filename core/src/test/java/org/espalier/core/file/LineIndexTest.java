package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.file.LineIndex.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineIndexTest {
    @TempDir
    private Path folder;

    private Path file;
    private LineIndex index;

    @BeforeEach
    void index() {
        file = folder.resolve("lines.jsonl");
        index = new LineIndex(file);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> from(int number) {
        List<String> lines = new ArrayList<>();
        try (LineIndex.Walk walk = index.from(number)) {
            for (int n = number; n < index.size(); n++) {
                lines.add(n + " " + walk.next());
            }
        }
        return lines;
    }

    @Test
    void readsAnyLineByItselfAndLeavesOutBlankOnesAndMarks() throws IOException {
        append("\uFEFFäöü\n\n \t\r\nsecond\r\n\u3000\nthe last\n");

        assertThat(index.refresh()).isEqualTo(Change.GREW);
        assertThat(index.size()).isEqualTo(4);
        assertThat(index.line(3)).isEqualTo("the last");
        assertThat(index.line(0)).isEqualTo("äöü");
        assertThat(from(0)).containsExactly("0 äöü", "1 second", "2 \u3000", "3 the last");
        assertThat(from(3)).containsExactly("3 the last");
        assertThat(from(4)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereYetHasNoLines() throws IOException {
        assertThat(index.refresh()).isEqualTo(Change.NONE);
        assertThat(index.size()).isZero();
        append("a\n");
        assertThat(index.refresh()).isEqualTo(Change.GREW);
        Files.delete(file);
        assertThat(index.refresh()).isEqualTo(Change.REPLACED);
        assertThat(index.size()).isZero();
    }

    @Test
    void aLineCountsOnceItsEndIsWritten() throws IOException {
        append("a\nbe");
        index.refresh();
        assertThat(index.size()).isEqualTo(1);

        append("gun");
        assertThat(index.refresh()).isEqualTo(Change.NONE);
        append("\nc\n");
        assertThat(index.refresh()).isEqualTo(Change.GREW);
        assertThat(from(1)).containsExactly("1 begun", "2 c");
    }

    @Test
    void knowsAFileThatWasWrittenAnew() throws IOException {
        append("a\nb\n");
        index.refresh();

        AtomicFile.write(file, "a\nb\nc\n");
        assertThat(index.refresh()).isEqualTo(Change.REPLACED);
        assertThat(index.size()).isEqualTo(3);
        assertThat(index.refresh()).isEqualTo(Change.NONE);
    }

    @Test
    void knowsLinesThatWereCutOffAndWrittenOtherwise() throws IOException {
        append("a\nb\n");
        index.refresh();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(2);
        }
        append("other\nc\n");

        assertThat(index.refresh()).isEqualTo(Change.REPLACED);
        assertThat(from(0)).containsExactly("0 a", "1 other", "2 c");
    }

    @Test
    void knowsAFileThatWasChangedInItsPlace() throws IOException {
        append("one\ntwo\n");
        index.refresh();
        Files.writeString(file, "a\nlonger\n".substring(0, 8));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(index.refresh()).isEqualTo(Change.REPLACED);
        assertThat(index.line(0)).isEqualTo("a");
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void keepsItsPlacesInAFileOfManyBlocks() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("line ").append(i).append(" ü".repeat(i % 50)).append('\n');
        }
        append(text.toString());
        index.refresh();

        assertThat(index.size()).isEqualTo(5000);
        assertThat(index.line(4321)).isEqualTo("line 4321" + " ü".repeat(21));
        assertThat(from(4999)).containsExactly("4999 line 4999" + " ü".repeat(49));
    }
}
