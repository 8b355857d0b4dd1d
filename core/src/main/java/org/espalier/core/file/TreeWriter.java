package org.espalier.core.file;

import java.util.List;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.PathTree;
import org.espalier.core.Verifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A tree as JSON. */
final class TreeWriter {
    /** Log-probabilities were measured behind D_c; a trainer that wants p(τ|Q) must not take them for it. */
    static final String LOGPROBS = "logprobs_given_demonstrations";

    private TreeWriter() {}

    static ObjectNode write(PathTree tree) {
        ObjectNode line = Json.object();
        line.put("id", tree.id());
        line.put("image", tree.image());
        line.put("query", tree.query());
        line.put("answer", tree.answer());
        tree.risk().ifPresent(risk -> line.put("risk", risk.label()));
        line.set("reference", Json.tree(tree.reference()));
        line.set("demonstrations", Json.tree(tree.demonstrations()));
        line.put("demonstration_pictures", tree.demonstrationPictures());
        line.put("outcome", tree.outcome().kind().label());
        line.put("reason", tree.outcome().reason());
        line.set("trunk", tree.trunk().<JsonNode>map(TreeWriter::trunk).orElseGet(NullNode::getInstance));
        line.putArray("attempts")
                .addAll(tree.attempts().stream().map(TreeWriter::attempt).toList());
        line.putArray("branches")
                .addAll(tree.branches().stream().map(TreeWriter::branch).toList());
        line.set("origin", Json.tree(tree.origin()));
        return line;
    }

    private static ObjectNode trunk(PathTree.Trunk trunk) {
        ObjectNode out = Json.object();
        out.put("source", trunk.sample().isPresent() ? "sampled" : "reference");
        if (trunk.sample().isPresent()) {
            out.put("sample", trunk.sample().getAsInt());
        }
        path(out, trunk.path(), trunk.steps());
        return out;
    }

    private static ObjectNode attempt(PathTree.Attempt attempt) {
        ObjectNode out = Json.object();
        out.put("sample", attempt.sample());
        path(out, attempt.path(), attempt.steps());
        verdict(out, attempt.verdict());
        return out;
    }

    private static ObjectNode branch(Branch branch) {
        ObjectNode out = Json.object();
        out.put("shared_steps", branch.sharedSteps());
        out.set("cut", Json.tree(branch.cut()));
        out.put("sample", branch.sample());
        path(out, branch.continuation(), branch.steps());
        verdict(out, branch.verdict());
        return out;
    }

    private static void path(ObjectNode out, Continuation path, List<String> steps) {
        out.put("text", path.text());
        out.set("steps", Json.tree(steps));
        out.set("tokens", Json.tree(path.tokens()));
        out.set(LOGPROBS, Json.tree(path.logprobs()));
        out.put("end", path.end().label());
    }

    private static void verdict(ObjectNode out, Verifier.Verdict verdict) {
        if (verdict.decided()) {
            out.put("correct", verdict.correct());
        } else {
            out.putNull("correct");
        }
        out.put("reason", verdict.reason());
    }
}
