package org.espalier.bench.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.Turn;
import org.espalier.core.Verifier;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * F (Eq. 3) by models, for answers in free words: each voter says whether the last step comes to the ground truth, and
 * what more than half of them say counts. Where no such majority speaks, a path has no verdict.
 *
 * @param voters an odd number; one model may vote several times
 */
public record AnswerJudge(JudgePrompt prompt, List<JudgeModel> voters) implements Verifier {
    /** Of the form, and of the words among the prompts. */
    public static final String NAME = "answer-judge";

    private static final String CORRECT = "correct";
    private static final String REASON = "reason";
    /** Why a path is correct, where its verdict says no more. */
    private static final String SAME = "its last step says what the right answer says";

    public AnswerJudge {
        voters = List.copyOf(voters);
        if (voters.size() % 2 == 0) {
            throw new IllegalArgumentException(voters.size() + " voters may be evenly split");
        }
    }

    /** The prompt of these words with its form. */
    public static JudgePrompt prompt(String words) {
        JudgeForm form = JudgeForm.named(NAME)
                .words(REASON, "why, in a sentence")
                .flag(CORRECT, "whether the last step comes to the right answer");
        return new JudgePrompt(words, form);
    }

    @Override
    public Verdict verify(SsuiSample sample, ReasoningPath path) {
        return verify(List.of(new Written(sample, path))).getFirst();
    }

    /** All paths together, by one voter after the other. */
    @Override
    public List<Verdict> verify(List<Written> paths) {
        List<JudgeSession.Put> calls = paths.stream()
                .map(one -> new JudgeSession.Put(one.sample().id(), call(prompt, one)))
                .toList();
        List<List<Reading>> said = voters.stream()
                .map(voter -> calls.isEmpty() ? List.<Reading>of() : new JudgeSession(voter).put(calls))
                .toList();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            int place = i;
            verdicts.add(majority(said.stream().map(voter -> voter.get(place)).toList()));
        }
        return verdicts;
    }

    /**
     * A judge's question as a model is taught it.
     *
     * @param asked ends with the question
     * @param answer the form, filled
     */
    public record Example(List<Turn> asked, String answer) {}

    /** The question about a path, and the answer that gives it a verdict. */
    public static Example example(JudgePrompt prompt, Written one, Verdict verdict) {
        JudgeCall call = call(prompt, one);
        ObjectNode filled = Json.object()
                .put(JudgeForm.MARK, call.fence().mark())
                .put(REASON, verdict.correct() ? SAME : verdict.reason())
                .put(CORRECT, verdict.correct());
        return new Example(call.conversation(), Json.line(filled));
    }

    private static JudgeCall call(JudgePrompt prompt, Written one) {
        ObjectNode shown = Json.object().put("query", one.sample().question().query());
        ObjectNode steps = shown.putObject("steps");
        for (int i = 0; i < one.path().steps().size(); i++) {
            steps.put(Integer.toString(i + 1), one.path().steps().get(i));
        }
        shown.put("right_answer", one.sample().answer());
        shown.set("reference_path", Json.tree(one.sample().reference().steps()));
        return new JudgeCall(prompt, shown, List.of(one.sample().question().image()));
    }

    /** More than half of all who were asked, those without a verdict included, must say the same. */
    private static Verdict majority(List<Reading> said) {
        List<FilledForm> correct = forms(said, true);
        List<FilledForm> wrong = forms(said, false);
        if (2 * correct.size() > said.size()) {
            return Verdict.CORRECT;
        }
        if (2 * wrong.size() > said.size()) {
            String reason = wrong.getFirst().words(REASON).strip();
            return Verdict.wrong(reason.isEmpty() ? "the judge says so" : reason);
        }
        Optional<String> silence = said.stream()
                .filter(Reading.None.class::isInstance)
                .map(Reading.None.class::cast)
                .map(none -> none.mishap().words() + (none.reason().isBlank() ? "" : ": " + none.reason()))
                .findFirst();
        return Verdict.none(silence.orElse(Mishap.SPLIT_VOTE.words()));
    }

    private static List<FilledForm> forms(List<Reading> said, boolean correct) {
        return said.stream()
                .filter(Reading.Found.class::isInstance)
                .map(reading -> ((Reading.Found) reading).form())
                .filter(form -> form.flag(CORRECT) == correct)
                .toList();
    }
}
