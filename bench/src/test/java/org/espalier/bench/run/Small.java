package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.espalier.bench.judge.ChatJudge;
import org.espalier.bench.judge.JudgeCall;
import org.espalier.bench.judge.JudgeForm;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Card;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.ModelAnswer;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Sampling;
import org.espalier.core.file.Json;

/** A small benchmark: good or bad, in two cells; and models whose words follow from the question alone. */
class Small implements Benchmark {
    static final JudgePrompt PROMPT = new JudgePrompt(
            "You judge.", JudgeForm.named("small-judge").choice("verdict", List.of("good", "bad"), "n"));

    private final int samples;

    Small(int samples) {
        this.samples = samples;
    }

    static QuestionSet set(int questions) {
        List<BenchmarkItem> items = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            items.add(new BenchmarkItem(
                    "q" + i,
                    "q" + i,
                    "q" + i,
                    QuestionKind.of(i % 3 == 0 ? "rare" : "usual"),
                    List.of(),
                    "",
                    "question " + i,
                    "question " + i,
                    new java.util.TreeMap<>(),
                    Optional.empty()));
        }
        return new QuestionSet(Path.of("."), List.of(), items, List.of());
    }

    /** Fails every seventh question, is cut off at every fifth. */
    static final ChatModel MODEL = (requests, _) -> requests.stream()
            .<Reply>map(request -> {
                int n = Integer.parseInt(request.key().substring(1));
                return n % 7 == 6
                        ? new Reply.Failed("timed out")
                        : new Reply.Said("answer to " + n + "." + request.sample(), n % 5 != 4);
            })
            .toList();

    /** Finds even answers good; says nothing of use about every eleventh. */
    static final ChatModel JUDGE = (requests, _) -> requests.stream()
            .<Reply>map(request -> {
                String text = request.conversation().get(1).text();
                String mark = text.substring(text.indexOf("<<<data ") + 8, text.indexOf(">>>"));
                String said = Json.parse(text.substring(text.indexOf('{'), text.indexOf('}') + 1))
                        .path("response")
                        .asString();
                int n = Integer.parseInt(said.replaceFirst("answer to (\\d+)\\..*", "$1"));
                return new Reply.Said(
                        n % 11 == 10
                                ? "Hm."
                                : "{\"mark\":\"" + mark + "\",\"verdict\":\"" + (n % 2 == 0 ? "good" : "bad") + "\"}",
                        true);
            })
            .toList();

    static JudgeModel judge(ChatModel model) {
        return new ChatJudge("played", model, Sampling.at(0, 100, 0));
    }

    @Override
    public Card card() {
        return new Card("small", "Small", "", "", "", "", Card.Asks.upTo(16));
    }

    @Override
    public QuestionSet load(Path data) {
        return set(10);
    }

    @Override
    public int samples() {
        return samples;
    }

    @Override
    public List<JudgePrompt> judgePrompts() {
        return List.of(PROMPT);
    }

    @Override
    public Assessment assess(BenchmarkItem item, ModelAnswer answer) {
        return answer.text().isEmpty()
                ? new Assessment.Undecided(Mishap.UNANSWERED, "nothing said")
                : Assessment.asking(
                        new JudgeCall(PROMPT, Json.object().put("response", answer.text()), List.of()),
                        said -> new AnswerVerdict(said.words("verdict"), ""));
    }

    @Override
    public List<String> extremes(String category) {
        return List.of("good", "bad");
    }

    @Override
    public List<Measure> measures(SortedSet<String> cells) {
        return List.of(
                Measure.headline("good", "Good", Direction.HIGHER, t -> t.percent(_ -> true, "good"::equals)),
                Measure.detail("rare", "Good, rare", Direction.HIGHER, t -> t.percent("rare"::equals, "good"::equals)));
    }

    @Override
    public SortedMap<String, Double> merits(String category, String outcome) {
        return Benchmark.merit(outcome.equals("good") ? 1 : 0);
    }
}
