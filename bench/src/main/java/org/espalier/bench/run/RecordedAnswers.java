package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.internal.LineReader;
import org.espalier.core.Sampling;
import org.espalier.core.UnusableModelException;
import org.espalier.core.file.Fields;

/**
 * Answers that were given before, in the place of a model: JSON lines with {@code id}, {@code sample} (0 where absent) and
 * {@code text}, in the order of the questions. An {@code answers.jsonl} is such a file, and may hold more than is asked
 * for. Read line by line, by one thread at a time.
 */
public final class RecordedAnswers implements AnswerSource {
    private record Line(String id, int sample, Reply reply) {}

    private final Path file;
    private final LineReader<Line> lines;

    public RecordedAnswers(Path file) {
        this.file = file;
        this.lines = new LineReader<>(file, RecordedAnswers::read);
    }

    private static Line read(Fields line) {
        return new Line(
                line.words("id"),
                line.has("sample") ? line.integer("sample") : 0,
                AnswerLine.reply(line, line.has("status") ? line.text("status") : "complete"));
    }

    /** @throws UnusableModelException if there is none to one of the requests */
    @Override
    public List<Reply> reply(List<Request> requests, Sampling sampling) {
        return requests.stream().map(this::reply).toList();
    }

    private Reply reply(Request request) {
        for (Optional<Line> next = lines.next(); next.isPresent(); next = lines.next()) {
            if (next.get().id().equals(request.key()) && next.get().sample() == request.sample()) {
                return next.get().reply();
            }
        }
        throw new UnusableModelException(file + " has no answer to question \"" + request.key() + "\" (sample "
                + request.sample()
                + ") behind those to the questions before it: ask no more questions than were answered"
                + " there, in the same order, or let the run that answers them come to its end first");
    }

    @Override
    public void close() {
        lines.close();
    }
}
