package org.espalier.core.file;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.PathTree;
import org.espalier.core.Risk;
import org.espalier.core.Verifier;

/** A tree from JSON. */
final class TreeReader {
    private TreeReader() {}

    static PathTree read(Fields line) {
        String id = line.words("id");
        Optional<PathTree.Trunk> trunk = line.innerIfAny("trunk").map(TreeReader::trunk);
        List<PathTree.Attempt> attempts =
                line.inners("attempts").stream().map(TreeReader::attempt).toList();
        List<Branch> branches = line.inners("branches").stream()
                .map(branch -> branch(branch, trunk))
                .toList();
        if (trunk.isEmpty() && !branches.isEmpty()) {
            line.wrong("trunk", "is missing though there are branches");
        }
        PathTree tree = new PathTree(
                id,
                line.words("image"),
                line.words("query"),
                line.words("answer"),
                line.object().has("risk") ? line.choice("risk", Risk.class) : Optional.empty(),
                line.texts("demonstrations"),
                line.flag("demonstration_pictures"),
                line.texts("reference"),
                trunk,
                attempts,
                trunk.isEmpty() ? List.of() : branches,
                outcome(line),
                origin(line.inner("origin")));
        if (line.sound()) {
            new TreeConsistency(line).check(tree);
        }
        return tree;
    }

    private static PathTree.Trunk trunk(Fields in) {
        String source = in.text("source");
        boolean sampled = source.equals("sampled");
        if (!sampled && !source.equals("reference") && !source.isEmpty()) {
            in.wrong("source", "is \"" + source + "\": \"sampled\" and \"reference\" are known");
        }
        OptionalInt sample = sampled ? OptionalInt.of(in.integer("sample")) : OptionalInt.empty();
        return new PathTree.Trunk(sample, path(in), in.texts("steps"));
    }

    private static PathTree.Attempt attempt(Fields in) {
        return new PathTree.Attempt(in.integer("sample"), path(in), in.texts("steps"), verdict(in));
    }

    private static Branch branch(Fields in, Optional<PathTree.Trunk> trunk) {
        int shared = in.integer("shared_steps");
        Fields place = in.inner("cut");
        Cut cut = new Cut(place.integer("tokens"), place.integer("chars"));
        trunk.ifPresent(of -> {
            if (shared < 0 || shared > of.steps().size()) {
                in.wrong(
                        "shared_steps",
                        "is " + shared + " of a trunk of " + of.steps().size() + " steps");
            }
            if (cut.chars() < 0 || cut.chars() > of.path().text().length()) {
                in.wrong("cut.chars", "lies outside the trunk's text");
            }
            if (cut.tokens() < 0 || cut.tokens() > of.path().tokens().size()) {
                in.wrong("cut.tokens", "lies outside the trunk's tokens");
            }
        });
        return new Branch(shared, cut, in.integer("sample"), path(in), in.texts("steps"), verdict(in));
    }

    private static Continuation path(Fields in) {
        List<Integer> tokens = in.integers("tokens");
        List<Double> logprobs = in.decimals(TreeWriter.LOGPROBS);
        if (!logprobs.isEmpty() && logprobs.size() != tokens.size()) {
            in.wrong(TreeWriter.LOGPROBS, "has " + logprobs.size() + " values for " + tokens.size() + " tokens");
        }
        return new Continuation(in.text("text"), tokens, logprobs, end(in));
    }

    private static Continuation.End end(Fields in) {
        return in.choice("end", Continuation.End.class).orElse(Continuation.End.LENGTH);
    }

    private static Verifier.Verdict verdict(Fields in) {
        return in.object().path("correct").isNull()
                ? Verifier.Verdict.none(in.text("reason"))
                : new Verifier.Verdict(in.flag("correct"), in.text("reason"));
    }

    private static PathTree.Outcome outcome(Fields in) {
        return new PathTree.Outcome(
                in.choice("outcome", PathTree.Outcome.Kind.class).orElse(PathTree.Outcome.Kind.NO_TRUNK),
                in.text("reason"));
    }

    private static PathTree.Origin origin(Fields in) {
        return new PathTree.Origin(
                in.text("model"),
                in.text("tokenizer"),
                in.text("adapter"),
                in.whole("seed"),
                in.decimal("temperature"));
    }
}
