package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything but the model that figures depend on: questions and pictures, prompts, decoding, lengths, how a picture
 * becomes RGB, who judges with which words. Figures of two protocols are not figures of one thing.
 */
public final class Protocol {
    private Protocol() {}

    /**
     * The questions of a run.
     *
     * @param sha256 over all that is sent and all that judges know, pictures' content with it
     */
    public record Data(int questions, String sha256) {
        static Data of(QuestionSet set) {
            Chain chain = new Chain();
            set.items()
                    .forEach(item -> chain.add(
                            item.pictures(),
                            item.id(),
                            item.cell(),
                            item.prompt(),
                            item.facts().toString()));
            return new Data(set.items().size(), chain.sha256);
        }

        /** RSBench's. */
        public static Data of(List<SsuiSample> samples) {
            Chain chain = new Chain();
            samples.forEach(sample -> chain.add(
                    List.of(sample.question().image()),
                    sample.id(),
                    sample.category() + " " + sample.risk().label(),
                    sample.question().query(),
                    String.join("\n", sample.reference().steps())));
            return new Data(samples.size(), chain.sha256);
        }
    }

    /** Hash of question after question. */
    private static final class Chain {
        private String sha256 = "";

        void add(List<Path> pictures, String... words) {
            StringBuilder lines = new StringBuilder(sha256);
            for (String word : words) {
                lines.append(word).append('\n');
            }
            pictures.forEach(picture -> lines.append(Sha256.of(picture)).append('\n'));
            sha256 = Sha256.of(lines.toString());
        }
    }

    /**
     * The protocol of a run of a benchmark beside RSBench.
     *
     * @param pictures how they become what the model sees, in words
     * @param decoding how tokens are chosen: the model's own defaults, or values
     * @param judge who judges, each with its snapshot and decoding
     */
    public static ObjectNode of(
            Benchmark benchmark,
            QuestionSet set,
            int samples,
            String pictures,
            ObjectNode decoding,
            List<String> judge) {
        return of(benchmark.name(), Data.of(set), samples, pictures, decoding, judge, benchmark.judgePrompts());
    }

    /** The protocol of a run of any benchmark. */
    public static ObjectNode of(
            String benchmark,
            Data data,
            int samples,
            String pictures,
            ObjectNode decoding,
            List<String> judge,
            List<JudgePrompt> judgePrompts) {
        ObjectNode out = Json.object().put("benchmark", benchmark);
        out.putObject("data").put("questions", data.questions()).put("sha256", data.sha256());
        out.put("answers_per_question", samples);
        out.put("pictures", pictures);
        out.set("decoding", decoding);
        out.set("judge", Json.tree(judge));
        ObjectNode prompts = out.putObject("judge_prompts");
        for (JudgePrompt prompt : judgePrompts) {
            String name = prompt.form().name();
            prompts.put(prompts.has(name) ? name + " 2" : name, prompt.sha256());
        }
        return out;
    }

    /** What differs between two protocols, each in a clause. */
    public static List<String> differences(JsonNode one, JsonNode other) {
        List<String> all = new ArrayList<>();
        differ("", one, other, all);
        return all;
    }

    private static void differ(String name, JsonNode one, JsonNode other, List<String> all) {
        if (one.isObject() && other.isObject()) {
            TreeSet<String> names = new TreeSet<>(one.propertyNames());
            names.addAll(other.propertyNames());
            names.forEach(inner ->
                    differ(name.isEmpty() ? inner : name + "." + inner, one.path(inner), other.path(inner), all));
        } else if (!said(one).equals(said(other))) {
            all.add(name + ": " + said(one) + " against " + said(other));
        }
    }

    private static String said(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : Json.line(value);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
