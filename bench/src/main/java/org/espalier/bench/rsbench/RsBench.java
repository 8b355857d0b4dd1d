package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Arbiter;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Demonstrations;
import org.espalier.core.Progress;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a model for reasoning paths and has an arbiter judge them. Answers and judgements are written as they come; a
 * run that was cut short at any point goes on where it stopped and ends in the same bytes.
 */
public final class RsBench {
    /**
     * How paths are asked for and figures made.
     *
     * @param paths drawn for each question, 1 or more
     * @param demonstrations solved questions shown before each question; none in the benchmark as published
     * @param instruction put after each query, such as one that asks for a chain of thought; empty for none
     * @param questionsPerGroup asked together, in the order of the data. Part of the result: an in-process model may
     *     round differently when a batch holds other questions
     */
    public record Settings(
            int paths,
            Sampling sampling,
            Demonstrations demonstrations,
            String instruction,
            int questionsPerGroup,
            Bootstrap bootstrap) {
        public Settings {
            if (paths < 1 || questionsPerGroup < 1) {
                throw new IllegalArgumentException(
                        paths + " paths a question, " + questionsPerGroup + " questions a group: both are at least 1");
            }
        }

        /** One path a question, 32 questions a group, 95 % intervals seeded as the sampling is. */
        public static Settings of(Sampling sampling) {
            return new Settings(1, sampling, Demonstrations.NONE, "", 32, Bootstrap.of(sampling.seed()));
        }
    }

    private final ChatModel model;
    private final Function<String, List<String>> splitter;
    private final Arbiter arbiter;
    private final Settings settings;
    private final Progress progress;

    /** @param splitter cuts what was said into the steps of a path */
    public RsBench(
            ChatModel model,
            Function<String, List<String>> splitter,
            Arbiter arbiter,
            Settings settings,
            Progress progress) {
        this.model = model;
        this.splitter = splitter;
        this.arbiter = arbiter;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Runs or resumes the benchmark and writes {@code answers.jsonl}, {@code judgements.jsonl} and, at the end,
     * {@code results.json}.
     *
     * @param folder of this run alone; what earlier runs of the same questions left in it is kept and gone on from
     */
    public Results run(List<SsuiSample> samples, Path folder) {
        ask(samples, folder);
        return count(folder, settings.bootstrap(), Json.object(), List.of());
    }

    /** Asks and judges what is not asked and judged yet. */
    public void ask(List<SsuiSample> samples, Path folder) {
        int perGroup = settings.questionsPerGroup() * settings.paths();
        long total = (long) samples.size() * settings.paths();
        try (Pages pages = Pages.open(folder, samples, settings.paths(), perGroup)) {
            progress.at("judged", pages.rulings(), total, "");
            for (int from = 0; from < samples.size(); from += settings.questionsPerGroup()) {
                int until = Math.min(from + settings.questionsPerGroup(), samples.size());
                List<SsuiSample> group = samples.subList(from, until);
                List<Answer> answers = answers(group, pages);
                long judged = pages.rulings() - (long) from * settings.paths();
                judge(group, answers, (int) Math.clamp(judged, 0, answers.size()), pages);
                pages.flush();
                progress.at("judged", pages.rulings(), total, "");
            }
        }
    }

    /**
     * Makes the figures of what is asked and judged.
     *
     * @param protocol everything but the model that the figures depend on
     * @param notes that a reader of the figures must know
     */
    public static Results count(Path folder, Bootstrap bootstrap, ObjectNode protocol, List<String> notes) {
        Results results = Recount.of(folder, bootstrap).measured(protocol, notes);
        ResultsFile.write(folder.resolve(ResultsFile.NAME), results);
        return results;
    }

    /** Of an earlier run, or asked for now. */
    private List<Answer> answers(List<SsuiSample> group, Pages pages) {
        if (pages.hasEarlier()) {
            return pages.earlier(group.size() * settings.paths());
        }
        List<Answer> answers = ask(group);
        pages.answered(answers);
        return answers;
    }

    private List<Answer> ask(List<SsuiSample> group) {
        List<ChatModel.Request> requests = new ArrayList<>();
        for (SsuiSample sample : group) {
            var conversation = settings.demonstrations().before(asked(sample.question(), settings.instruction()));
            for (int path = 0; path < settings.paths(); path++) {
                requests.add(new ChatModel.Request(sample.id(), path, conversation));
            }
        }
        List<Reply> replies = model.reply(requests, settings.sampling());
        if (replies.size() != requests.size()) {
            throw new IllegalStateException(
                    "the model gave " + replies.size() + " replies to " + requests.size() + " requests");
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Asked asked = Asked.of(group.get(i / settings.paths()));
            Reply reply = replies.get(i);
            answers.add(new Answer(asked, requests.get(i).sample(), reply, steps(reply)));
        }
        return answers;
    }

    /** A question with what is put after each. */
    public static Question asked(Question question, String instruction) {
        return instruction.isEmpty()
                ? question
                : new Question(question.id(), question.image(), question.query() + "\n" + instruction);
    }

    private List<String> steps(Reply reply) {
        return switch (reply) {
            case Reply.Said said -> {
                List<String> steps = splitter.apply(said.text());
                yield steps.isEmpty() ? List.of("") : steps;
            }
            case Reply.Failed failed -> List.of();
        };
    }

    /** Judges the answers of a group that are not judged yet, all together. */
    private void judge(List<SsuiSample> group, List<Answer> answers, int judged, Pages pages) {
        List<Arbiter.Case> cases = new ArrayList<>();
        for (int i = judged; i < answers.size(); i++) {
            if (answers.get(i).reply() instanceof Reply.Said) {
                cases.add(new Arbiter.Case(
                        group.get(i / settings.paths()),
                        new ReasoningPath(answers.get(i).steps()),
                        answers.get(i).sample()));
            }
        }
        Iterator<Arbiter.Ruled> judgements = arbiter.ruleAll(cases).iterator();
        for (Answer answer : answers.subList(judged, answers.size())) {
            Arbiter.Ruled ruled = answer.reply() instanceof Reply.Failed failed
                    ? new Arbiter.Ruled(new Judgement.Failed("no answer: " + failed.reason()), List.of())
                    : judgements.next();
            pages.ruled(new Ruling(answer.asked().id(), answer.sample(), ruled.judgement(), ruled.votes()));
        }
    }
}
