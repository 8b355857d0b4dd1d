package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.suite.Slice;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run of a benchmark found: {@code results.json}.
 *
 * @param reading how the figures are to be read, in a sentence; empty where their titles say it
 * @param subject the model that was measured, as tables name it
 * @param protocol everything but the model that the figures depend on
 * @param whole of all questions
 * @param parts of some of them, where the benchmark has such
 * @param agreements between the judges, where several voted
 * @param notes that a reader of the figures must know
 */
public record Result(
        String benchmark,
        String title,
        String reading,
        String subject,
        ObjectNode protocol,
        Bootstrap bootstrap,
        ResultPart whole,
        List<ResultPart> parts,
        OutcomeTally cells,
        List<JudgeAgreement> agreements,
        List<String> notes) {
    /** The file in the folder of a run. */
    public static final String FILE = "results.json";

    private static final String AGAIN = "run the same bench command again to have it rewritten";

    public Result {
        parts = List.copyOf(parts);
        agreements = List.copyOf(agreements);
        notes = List.copyOf(notes);
    }

    /**
     * Reads the file (schema: {@code docs/schema/bench-results.schema.json}).
     *
     * @throws InputException if it is missing or damaged
     */
    public static Result read(Path file) {
        try {
            return Json.as(JsonFile.read(file, AGAIN), Result.class);
        } catch (JacksonException e) {
            throw new InputException(file + " is not the results file of a benchmark; " + AGAIN, e);
        }
    }

    /** How the run of such a file was measured; empty where it does not say. */
    public static ObjectNode protocol(Path file) {
        return JsonFile.read(file, AGAIN).path("protocol") instanceof ObjectNode protocol ? protocol : Json.object();
    }

    public void write(Path file) {
        AtomicFile.write(file, Json.page(Json.tree(this)));
    }

    public AnswerCounts counts() {
        return whole.counts();
    }

    /** Of all questions. */
    public List<ResultFigure> figures() {
        return whole.figures();
    }

    public Optional<ResultFigure> figure(String key) {
        return whole.figure(key);
    }

    public List<ResultFigure> headlines() {
        return figures().stream().filter(ResultFigure::headline).toList();
    }

    /** Whether figures of parts are given too. */
    public boolean hasParts() {
        return !parts.isEmpty();
    }

    /** All questions or a part of them; empty where it was not counted by itself. */
    public Optional<ResultPart> on(Slice slice) {
        return Stream.concat(Stream.of(whole), parts.stream())
                .filter(part -> part.slice().equals(slice))
                .findFirst();
    }

    /** A figure of all questions or of a part of them. */
    public Optional<ResultFigure> figure(Slice slice, String key) {
        return on(slice).flatMap(part -> part.figure(key));
    }
}
