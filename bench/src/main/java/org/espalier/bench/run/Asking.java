package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.files.GrowingFile;
import org.espalier.bench.files.LineReader;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.UnusableModelException;

/**
 * Puts the questions of a set to a model and writes {@code answers.jsonl}, continuing where an earlier run stopped.
 *
 * @param questionsPerGroup asked together, in the order of the set. Part of the result: an in-process model may round
 *     differently when a batch holds other questions
 */
public record Asking(
        Benchmark benchmark, ChatModel model, Sampling sampling, int questionsPerGroup, Progress progress) {
    public Asking {
        if (benchmark.samples() < 1 || questionsPerGroup < 1) {
            throw new IllegalArgumentException(benchmark.samples() + " answers a question, " + questionsPerGroup
                    + " questions a group: both are at least 1");
        }
    }

    /** Asks what is not answered yet. */
    public void run(QuestionSet set, Path folder) {
        int samples = benchmark.samples();
        Path file = folder.resolve(AnswerLine.FILE);
        List<BenchmarkItem> items = set.items();
        long all = (long) items.size() * samples;
        // Before anything is dropped: the answers of another run are not to be touched.
        check(file, items);
        try (GrowingFile answers = GrowingFile.open(file, all, questionsPerGroup * samples)) {
            progress.at("answers", answers.lines(), all, "");
            for (int from = (int) (answers.lines() / samples); from < items.size(); from += questionsPerGroup) {
                List<BenchmarkItem> group = items.subList(from, Math.min(from + questionsPerGroup, items.size()));
                answers.append(ask(group).stream().map(AnswerLine::line).toList());
                progress.at("answers", answers.lines(), all, "");
            }
        }
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

    private List<AnswerLine> ask(List<BenchmarkItem> group) {
        List<ChatModel.Request> requests = new ArrayList<>();
        for (BenchmarkItem item : group) {
            for (int sample = 0; sample < benchmark.samples(); sample++) {
                requests.add(new ChatModel.Request(item.id(), sample, item.conversation()));
            }
        }
        List<Reply> replies = replies(requests);
        List<AnswerLine> answers = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i);
            List<String> steps = reply instanceof Reply.Said said ? benchmark.steps(said.text()) : List.of();
            answers.add(AnswerLine.of(
                    group.get(i / benchmark.samples()), requests.get(i).sample(), reply, steps));
        }
        return answers;
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
