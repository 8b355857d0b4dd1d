package org.espalier.ssui.intake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.LineLog;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.PooledPicture;
import tools.jackson.databind.node.ObjectNode;

/** The decisions so far, a line each in the order of the candidates; a decision that was logged is not made again. */
final class DecisionLog implements AutoCloseable {
    private final LineLog log;

    DecisionLog(Path file) {
        log = LineLog.open(file);
    }

    /** Decisions that an earlier process made. */
    static List<Decision> read(Path file) {
        List<Decision> all = new ArrayList<>();
        JsonLines.read(file, line -> all.add(decision(line)));
        return all;
    }

    /** Replaces the file by all of them, whole or not at all. */
    static void write(Path file, List<Decision> decisions) {
        AtomicFile.lines(file, decisions.stream().map(DecisionLog::line));
    }

    private static Decision decision(Fields line) {
        if (!line.has("refused")) {
            return new Decision.Pooled(PooledPicture.read(line.inner("picture")));
        }
        Fields in = line.inner("refused");
        Refusal refusal = new Refusal(
                PictureSource.of(in.text("collection"), in.text("key")), in.text("reason"), in.text("what"));
        return line.innerIfAny("picture")
                .<Decision>map(picture -> new Decision.Unsafe(PooledPicture.read(picture), refusal))
                .orElseGet(() -> new Decision.Refused(refusal));
    }

    /** Logs decisions; they are on the disk on return. */
    void append(List<Decision> decisions) {
        log.append(decisions.stream().map(DecisionLog::line).toList());
    }

    private static String line(Decision decision) {
        return Json.line(
                switch (decision) {
                    case Decision.Pooled(PooledPicture picture) -> with(Json.object(), picture);
                    case Decision.Refused(Refusal refusal) -> with(refusal);
                    case Decision.Unsafe(PooledPicture picture, Refusal refusal) -> with(with(refusal), picture);
                });
    }

    private static ObjectNode with(ObjectNode line, PooledPicture picture) {
        line.set("picture", picture.json());
        return line;
    }

    private static ObjectNode with(Refusal refusal) {
        ObjectNode line = Json.object();
        line.set("refused", refusal.json());
        return line;
    }

    @Override
    public void close() {
        log.close();
    }
}
