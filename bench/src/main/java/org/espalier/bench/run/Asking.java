package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.files.GrowingFile;
import org.espalier.bench.files.LineReader;
import org.espalier.bench.suite.Item;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.UnusableModelException;

/**
 * Puts the questions of a set to a model and writes {@code answers.jsonl}, going on where an earlier run stopped.
 *
 * @param samples answers drawn for each question
 * @param questionsPerGroup asked together, in the order of the set
 */
public record Asking(ChatModel model, Sampling sampling, int samples, int questionsPerGroup, Progress progress) {
    public Asking {
        if (samples < 1 || questionsPerGroup < 1) {
            throw new IllegalArgumentException("samples and questions a group are at least 1");
        }
    }

    /** Asks what is not answered yet. */
    public void run(QuestionSet set, Path folder) {
        Path file = folder.resolve(AnswerLine.FILE);
        List<Item> items = set.items();
        long all = (long) items.size() * samples;
        try (GrowingFile answers = GrowingFile.open(file, all, questionsPerGroup * samples)) {
            check(file, items);
            progress.at("answers", answers.lines(), all, "");
            for (int from = (int) (answers.lines() / samples); from < items.size(); from += questionsPerGroup) {
                List<Item> group = items.subList(from, Math.min(from + questionsPerGroup, items.size()));
                answers.append(ask(group).stream().map(AnswerLine::line).toList());
                progress.at("answers", answers.lines(), all, "");
            }
        }
    }

    private void check(Path file, List<Item> items) {
        try (LineReader<AnswerLine> found = new LineReader<>(file, AnswerLine::read)) {
            int at = 0;
            for (Optional<AnswerLine> next = found.next(); next.isPresent(); next = found.next()) {
                AnswerLine line = next.get();
                int item = at / samples;
                if (item >= items.size() || !line.id().equals(items.get(item).id()) || line.sample() != at % samples) {
                    throw found.stranger("answers question \"" + line.id() + "\" (sample " + line.sample()
                            + "), which does not stand there in the data: it is of another run; choose another folder");
                }
                at++;
            }
        }
    }

    private List<AnswerLine> ask(List<Item> group) {
        List<ChatModel.Request> requests = new ArrayList<>();
        for (Item item : group) {
            for (int sample = 0; sample < samples; sample++) {
                requests.add(new ChatModel.Request(item.id(), sample, item.conversation()));
            }
        }
        List<Reply> replies = replies(requests);
        List<AnswerLine> answers = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            answers.add(AnswerLine.of(group.get(i / samples), i % samples, replies.get(i)));
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
