package org.espalier.ssui.intake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonLines;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureSource;
import tools.jackson.databind.node.ObjectNode;

/** The candidates that were drawn, in order, kept so that a resumed intake reads no list again. */
record ChosenFile(Path file) {
    /**
     * What was drawn.
     *
     * @param rows that the lists named
     * @param present of them, those whose picture was there to be drawn
     */
    record Chosen(long rows, long present, List<Candidate> candidates) {}

    Optional<Chosen> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        long[] counts = {0, 0};
        List<Candidate> candidates = new ArrayList<>();
        JsonLines.read(file, line -> {
            if (line.line() == 1) {
                counts[0] = line.whole("rows");
                counts[1] = line.has("present") ? line.whole("present") : counts[0];
            } else {
                candidates.add(candidate(line));
            }
        });
        return Optional.of(new Chosen(counts[0], counts[1], candidates));
    }

    private static Candidate candidate(Fields line) {
        return new Candidate(
                PictureSource.read(line.inner("source")),
                Licence.read(line.inner("licence")),
                new Candidate.Place.InFile(Path.of(line.words("file"))));
    }

    void write(Chosen chosen) {
        ObjectNode counts = Json.object().put("rows", chosen.rows()).put("present", chosen.present());
        AtomicFile.lines(
                file,
                Stream.concat(Stream.of(counts), chosen.candidates().stream().map(ChosenFile::line))
                        .map(Json::line));
    }

    private static ObjectNode line(Candidate candidate) {
        ObjectNode line = Json.object();
        line.set("source", Json.tree(candidate.source()));
        line.set("licence", Json.tree(candidate.licence()));
        return line.put("file", Intake.file(candidate).toAbsolutePath().toString());
    }
}
