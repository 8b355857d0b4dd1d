package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.judge.FilledForm;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.judge.JudgeSession;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.judge.Reading;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.ChatModel.Reply;

/**
 * One judge, or several that vote: each makes the whole assessment by itself, and the benchmark says what a majority is.
 * More than half of them must have a verdict: one that is left of three does not decide alone.
 *
 * @param judges none where the benchmark's rules decide everything
 */
public record JudgePanel(Benchmark benchmark, List<JudgeModel> judges) implements Judge {
    public JudgePanel {
        judges = List.copyOf(judges);
        if (judges.isEmpty() && !benchmark.judgePrompts().isEmpty()) {
            throw new IllegalArgumentException(benchmark.name() + " needs a judge");
        }
    }

    @Override
    public List<JudgementLine> judge(List<Case> cases) {
        List<List<Assessment>> ended = new ArrayList<>();
        for (JudgeModel judge : judges) {
            ended.add(assess(new JudgeSession(judge), cases));
        }
        List<JudgementLine> lines = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            int place = i;
            Case one = cases.get(i);
            List<Assessment> assessments =
                    ended.stream().map(of -> of.get(place)).toList();
            if (assessments.isEmpty()) {
                lines.add(one.line(one.begin(benchmark)));
            } else if (assessments.size() == 1 || !(one.reply() instanceof Reply.Said)) {
                lines.add(one.line(assessments.getFirst()));
            } else {
                lines.add(voted(one, assessments));
            }
        }
        return lines;
    }

    private JudgementLine voted(Case one, List<Assessment> assessments) {
        List<Vote> votes = new ArrayList<>();
        List<AnswerVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < assessments.size(); i++) {
            votes.add(new Vote(judges.get(i).name(), Outcome.of(assessments.get(i))));
            if (assessments.get(i) instanceof Assessment.Decided decided) {
                verdicts.add(decided.verdict());
            }
        }
        Outcome split = new Outcome.Missing(Mishap.SPLIT_VOTE, "");
        Outcome outcome = 2 * verdicts.size() > assessments.size()
                ? benchmark.vote(verdicts).<Outcome>map(Outcome.Judged::new).orElse(split)
                : votes.stream()
                        .map(Vote::outcome)
                        .filter(Outcome.Missing.class::isInstance)
                        .findFirst()
                        .orElse(split);
        return new JudgementLine(one.item().id(), one.sample(), outcome, votes);
    }

    /** Assesses all cases with one judge, round by round, all calls of a round together. */
    private List<Assessment> assess(JudgeSession session, List<Case> cases) {
        List<Assessment> all =
                new ArrayList<>(cases.stream().map(one -> one.begin(benchmark)).toList());
        while (all.stream().anyMatch(Assessment.Pending.class::isInstance)) {
            List<JudgeSession.Put> calls = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof Assessment.Pending pending) {
                    String key = cases.get(i).key();
                    pending.calls().forEach(call -> calls.add(new JudgeSession.Put(key, call)));
                }
            }
            List<Reading> readings = session.put(calls);
            int from = 0;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof Assessment.Pending pending) {
                    int until = from + pending.calls().size();
                    all.set(i, next(pending, readings.subList(from, until)));
                    from = until;
                }
            }
        }
        for (int i = 0; i < all.size(); i++) {
            all.set(i, counted(cases.get(i), all.get(i)));
        }
        return all;
    }

    /** What the published program takes words without a verdict for, where that is asked for. */
    private Assessment counted(Case one, Assessment ended) {
        return ended instanceof Assessment.Undecided(Mishap mishap, String reason)
                        && (mishap == Mishap.NO_VERDICT || mishap == Mishap.CONTRADICTION)
                ? benchmark
                        .unread(one.item().kind().category())
                        .map(label -> Assessment.decided(label, "without a verdict: " + reason))
                        .orElse(ended)
                : ended;
    }

    private static Assessment next(Assessment.Pending pending, List<Reading> readings) {
        Optional<Reading.None> none = readings.stream()
                .filter(Reading.None.class::isInstance)
                .map(Reading.None.class::cast)
                .findFirst();
        if (none.isPresent()) {
            return new Assessment.Undecided(none.get().mishap(), none.get().reason());
        }
        List<FilledForm> forms = new ArrayList<>();
        readings.forEach(reading -> {
            if (reading instanceof Reading.Found(FilledForm form)) {
                forms.add(form);
            }
        });
        return pending.then().apply(forms);
    }
}
