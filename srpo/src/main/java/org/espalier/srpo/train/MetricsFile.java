package org.espalier.srpo.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.LineLog;
import org.espalier.srpo.objective.Objective.Metrics;
import tools.jackson.databind.node.ObjectNode;

/** {@code metrics.jsonl}: one line a step, and the same as TensorBoard events. */
final class MetricsFile implements AutoCloseable {
    /** Name of the file in the run folder. */
    static final String NAME = "metrics.jsonl";

    private final LineLog log;
    private final EventFile events;

    private MetricsFile(LineLog log, EventFile events) {
        this.log = log;
        this.events = events;
    }

    /** Opens the file of a run that has done {@code steps} steps; later lines are dropped. */
    static MetricsFile open(Path folder, long steps) {
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            try (LineLog whole = LineLog.open(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() > steps) {
                    whole.close();
                    String kept = String.join("\n", lines.subList(0, (int) steps));
                    AtomicFile.write(file, kept.isEmpty() ? "" : kept + "\n");
                }
            } catch (IOException e) {
                throw FileTrouble.reading(file, e);
            }
        }
        return new MetricsFile(LineLog.open(file), EventFile.create(folder.resolve("tensorboard"), steps));
    }

    /** One step; {@code sum} over its questions. */
    void step(long step, double epoch, int questions, Metrics sum, double norm, double learningRate) {
        ObjectNode line = Json.object();
        line.put("step", step).put("epoch", epoch).put("questions", questions);
        line.put("loss", sum.loss() / questions).put("j_ref", sum.reference() / questions);
        line.put("j_align", sum.alignment() / questions).put("pairs", sum.pairs());
        if (sum.pairs() > 0) {
            line.put("margin", sum.margin() / sum.pairs());
            line.put("accuracy", (double) sum.ordered() / sum.pairs());
            line.put("chosen_logp", sum.chosen() / sum.pairs());
            line.put("rejected_logp", sum.rejected() / sum.pairs());
        }
        sum.own().forEach((name, value) -> line.put(name, value / questions));
        line.put("grad_norm", norm).put("learning_rate", learningRate);
        log.append(Json.line(line));
        events.append(step, line);
    }

    @Override
    public void close() {
        log.close();
        events.close();
    }
}
