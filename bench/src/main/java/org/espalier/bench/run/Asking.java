package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.internal.GrowingFile;
import org.espalier.bench.internal.LineReader;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Preparation;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.UnusableModelException;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;

/**
 * Puts the questions of a set to a model and writes {@code answers.jsonl}, continuing where an earlier run stopped.
 *
 * @param questionsPerGroup asked together, in the order of the set. Part of the result: an in-process model may round
 *     differently when a batch holds other questions
 * @param textFirst whether the text of a question stands before its picture
 */
public record Asking(
        Benchmark benchmark,
        ChatModel model,
        Sampling sampling,
        int questionsPerGroup,
        boolean textFirst,
        Progress progress) {
    /** Answers that are written together, where a question has many: what a kill loses at most. */
    private static final int MOST_AT_ONCE = 128;

    public Asking {
        if (benchmark.samples() < 1 || questionsPerGroup < 1) {
            throw new IllegalArgumentException(benchmark.samples() + " answers a question, " + questionsPerGroup
                    + " questions a group: both are at least 1");
        }
    }

    /** Asks what is not answered yet, in this process. */
    public void run(QuestionSet set, Path folder) {
        AnswerPieces pieces = pieces(set.items().size());
        run(set, folder, GroupRunner.HERE, gpu -> work(set.items(), pieces));
    }

    /**
     * Asks what is not answered yet.
     *
     * @param task gives the answers of a piece as lines
     */
    public void run(QuestionSet set, Path folder, GroupRunner runner, GroupTask task) {
        Path file = folder.resolve(AnswerLine.FILE);
        List<BenchmarkItem> items = set.items();
        AnswerPieces pieces = pieces(items.size());
        // Before anything is dropped: the answers of another run are not to be touched.
        check(file, items);
        try (GrowingFile answers = GrowingFile.open(file, pieces.all(), pieces::whole)) {
            progress.at("answers", answers.lines(), pieces.all(), "");
            runner.run(task, pieces.at(answers.lines()), pieces.count(), new GroupRunner.Taker() {
                @Override
                public void take(int piece, List<String> lines) {
                    answers.append(lines);
                    heard(piece, lines.size());
                }

                @Override
                public void heard(int piece, int done) {
                    progress.at("answers", answers.lines(), pieces.all(), "");
                }
            });
        }
    }

    /** How the answers to so many questions are parted. */
    public AnswerPieces pieces(int questions) {
        return new AnswerPieces(
                (long) questions * benchmark.samples(),
                (long) questionsPerGroup * benchmark.samples(),
                Math.max(MOST_AT_ONCE, questionsPerGroup));
    }

    /** The answers of one piece after the other, as lines of {@code answers.jsonl}. */
    public GroupWork work(List<BenchmarkItem> items, AnswerPieces pieces) {
        return (piece, heard) -> ask(items, pieces.from(piece), pieces.end(piece)).stream()
                .map(AnswerLine::line)
                .toList();
    }

    private void check(Path file, List<BenchmarkItem> items) {
        GrowingFile.dropTornLine(file);
        try (LineReader<AnswerLine> found = new LineReader<>(file, AnswerLine::read)) {
            int at = 0;
            for (Optional<AnswerLine> next = found.next(); next.isPresent(); next = found.next()) {
                AnswerLine line = next.get();
                int item = at / benchmark.samples();
                if (item >= items.size() || !line.answers(items.get(item), at % benchmark.samples())) {
                    throw found.misplaced("answers question \"" + line.id() + "\" (sample " + line.sample()
                            + "), which does not stand there in the data: it is of another run; choose another folder");
                }
                at++;
            }
        }
    }

    /** The answers of these places, counted through all samples of all questions. */
    private List<AnswerLine> ask(List<BenchmarkItem> items, long from, long end) {
        List<BenchmarkItem> asked = new ArrayList<>();
        List<ChatModel.Request> requests = new ArrayList<>();
        for (long at = from; at < end; at++) {
            BenchmarkItem item = items.get((int) (at / benchmark.samples()));
            asked.add(item);
            requests.add(
                    new ChatModel.Request(item.id(), (int) (at % benchmark.samples()), item.conversation(textFirst)));
        }
        List<Reply> replies = agents().map(
                        agents -> new AgentRounds(agents, this::replies, textFirst).replies(asked, requests))
                .orElseGet(() -> replies(requests));
        List<AnswerLine> answers = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i);
            List<String> steps = reply instanceof Reply.Said said ? benchmark.steps(said.text()) : List.of();
            answers.add(AnswerLine.of(asked.get(i), requests.get(i).sample(), reply, steps));
        }
        return answers;
    }

    /** Of answers that are there already, agents have spoken. */
    private Optional<Preparation> agents() {
        return model instanceof AnswerSource ? Optional.empty() : benchmark.preparation();
    }

    /** A picture that cannot be read fails its own question, not those asked with it. */
    private List<Reply> replies(List<ChatModel.Request> requests) {
        try {
            List<Reply> replies = model.reply(requests, sampling);
            if (replies.size() != requests.size()) {
                throw new IllegalStateException(
                        "the model gave " + replies.size() + " replies to " + requests.size() + " requests");
            }
            return replies;
        } catch (UnusableModelException e) {
            throw e;
        } catch (InputException e) {
            if (requests.size() == 1) {
                return List.of(new Reply.Failed(String.valueOf(e.getMessage())));
            }
            List<Reply> replies = new ArrayList<>();
            requests.forEach(request -> replies.addAll(replies(List.of(request))));
            return replies;
        }
    }
}
