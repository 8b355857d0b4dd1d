package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.judge.Interview;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.judge.Reading;
import org.espalier.bench.judge.Statement;
import org.espalier.bench.run.JudgementLine.Ruling;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Trial;
import org.espalier.bench.suite.Verdict;
import org.espalier.core.ChatModel.Reply;

/**
 * One judge, or several that vote: each hears the whole trial by itself, and the benchmark says what a majority is. More
 * than half of them must have a verdict: one that is left of three does not decide alone.
 */
public record JudgePanel(Benchmark benchmark, List<JudgeModel> judges) implements Bench {
    public JudgePanel {
        judges = List.copyOf(judges);
        if (judges.isEmpty() && !benchmark.judgePrompts().isEmpty()) {
            throw new IllegalArgumentException(benchmark.name() + " needs a judge");
        }
    }

    @Override
    public List<JudgementLine> judge(List<Case> cases) {
        List<List<Trial>> ended = new ArrayList<>();
        for (JudgeModel judge : judges) {
            ended.add(hear(new Interview(judge), cases));
        }
        List<JudgementLine> lines = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            int place = i;
            Case one = cases.get(i);
            List<Trial> trials = ended.stream().map(of -> of.get(place)).toList();
            lines.add(
                    trials.size() == 1 || one.reply() instanceof Reply.Failed
                            ? one.ruled(trials.getFirst())
                            : voted(one, trials));
        }
        return lines;
    }

    private JudgementLine voted(Case one, List<Trial> trials) {
        List<Vote> votes = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            votes.add(new Vote(judges.get(i).name(), Ruling.of(trials.get(i))));
            if (trials.get(i) instanceof Trial.Settled settled) {
                verdicts.add(settled.verdict());
            }
        }
        Ruling split = new Ruling.Missing(Mishap.SPLIT_VOTE, "");
        Ruling ruling = 2 * verdicts.size() > trials.size()
                ? benchmark.vote(verdicts).<Ruling>map(Ruling.Given::new).orElse(split)
                : votes.stream()
                        .map(Vote::ruling)
                        .filter(Ruling.Missing.class::isInstance)
                        .findFirst()
                        .orElse(split);
        return new JudgementLine(one.item().id(), one.sample(), ruling, votes);
    }

    /** Hears all cases with one judge, round by round, all calls of a round together. */
    private List<Trial> hear(Interview interview, List<Case> cases) {
        List<Trial> trials = new ArrayList<>(cases.stream().map(this::begin).toList());
        while (trials.stream().anyMatch(Trial.Hearing.class::isInstance)) {
            List<Interview.Put> calls = new ArrayList<>();
            for (int i = 0; i < trials.size(); i++) {
                if (trials.get(i) instanceof Trial.Hearing hearing) {
                    String key = cases.get(i).key();
                    hearing.calls().forEach(call -> calls.add(new Interview.Put(key, call)));
                }
            }
            List<Reading> readings = interview.put(calls);
            int from = 0;
            for (int i = 0; i < trials.size(); i++) {
                if (trials.get(i) instanceof Trial.Hearing hearing) {
                    int until = from + hearing.calls().size();
                    trials.set(i, next(hearing, readings.subList(from, until)));
                    from = until;
                }
            }
        }
        return trials;
    }

    private Trial begin(Case one) {
        return switch (one.reply()) {
            case Reply.Said said -> benchmark.trial(one.item(), said.text());
            case Reply.Failed failed -> new Trial.Unjudged(Mishap.UNANSWERED, failed.reason());
        };
    }

    private static Trial next(Trial.Hearing hearing, List<Reading> readings) {
        Optional<Reading.None> none = readings.stream()
                .filter(Reading.None.class::isInstance)
                .map(Reading.None.class::cast)
                .findFirst();
        if (none.isPresent()) {
            return new Trial.Unjudged(none.get().mishap(), none.get().reason());
        }
        List<Statement> said = new ArrayList<>();
        readings.forEach(reading -> {
            if (reading instanceof Reading.Found(Statement statement)) {
                said.add(statement);
            }
        });
        return hearing.then().apply(said);
    }
}
