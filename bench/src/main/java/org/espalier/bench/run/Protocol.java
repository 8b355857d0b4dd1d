package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.judge.PublishedForm;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.QuestionSet;
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
     * The protocol of a run.
     *
     * @param pictures how they become what the model sees, in words
     * @param decoding how tokens are chosen: the model's own defaults, or values
     * @param judge who judges, each with its snapshot and decoding
     * @param judgePrompts that judges are asked with
     * @param convention by whose choices
     */
    public static ObjectNode of(
            Benchmark benchmark,
            QuestionSet set,
            String pictures,
            ObjectNode decoding,
            List<String> judge,
            List<JudgePrompt> judgePrompts,
            Convention convention) {
        ObjectNode out = Json.object().put("benchmark", benchmark.name()).put("convention", convention.label());
        benchmark.definition().ifPresent(sha256 -> out.put("definition", sha256));
        out.putObject("data").put("questions", set.items().size()).put("sha256", sha256(set));
        out.put("answers_per_question", benchmark.samples());
        out.put("pictures", pictures);
        out.set("decoding", decoding);
        out.set("judge", Json.tree(judge));
        benchmark.preparation().ifPresent(agents -> out.put("agents", agents.sha256()));
        ObjectNode prompts = out.putObject("judge_prompts");
        for (JudgePrompt prompt : judgePrompts) {
            String name = prompt.form().name();
            prompts.put(prompts.has(name) ? name + " 2" : name, prompt.sha256());
            prompt.form().published().ifPresent(form -> decoding(out, name, form));
        }
        return out;
    }

    /** What differs from how judges choose tokens else. */
    private static void decoding(ObjectNode out, String judge, PublishedForm form) {
        form.maxTokens().ifPresent(tokens -> out.withObject("/judge_tokens").put(judge, tokens));
        if (form.temperature() != 0) {
            out.withObject("/judge_temperature").put(judge, form.temperature());
        }
    }

    /** Over all that is sent and all that judges know, pictures' content with it: a hash of question after question. */
    public static String sha256(QuestionSet set) {
        String sha256 = "";
        for (BenchmarkItem item : set.items()) {
            StringBuilder lines = new StringBuilder(sha256);
            for (String words :
                    List.of(item.id(), item.cell(), item.prompt(), item.facts().toString())) {
                lines.append(words).append('\n');
            }
            item.pictures().forEach(picture -> lines.append(Sha256.of(picture)).append('\n'));
            sha256 = Sha256.of(lines.toString());
        }
        return sha256;
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
