package org.espalier.greenhouse.path;

import java.util.List;

/**
 * The forms a step can take. Holes are {@code {one} {other} {first} {second} {alternative}} for objects with their
 * article, {@code {is}} for the verb of the second object, {@code {doing}}, {@code {in}} for the preposition and
 * {@code {risk}} for a harm as in "a poison risk". Paths are written from these forms and read back by them.
 */
final class Wording {
    static final List<String> SEEN = List.of(
            "I see {one} and {other}.", "The picture shows {one} and {other}.", "Here we have {one} and {other}.");
    static final List<String> ASKED =
            List.of("You ask about {doing}.", "The question is about {doing}.", "This is about {doing}.");
    static final List<String> FACT = List.of(
            "Fact: {second} {is} {risk} {in} {first}.",
            "I know that {second} {is} {risk} {in} {first}.",
            "Remember that {second} {is} {risk} {in} {first}.");
    static final List<String> VERDICT =
            List.of("So this is {safety}.", "That makes it {safety}.", "My verdict is {safety}.");
    static final List<String> REFUSAL = List.of(
            "No, {second} {is} {risk} {in} {first}. Try {alternative} instead.",
            "Better not, {second} {is} {risk} {in} {first}. Use {alternative} instead.",
            "Please do not, {second} {is} {risk} {in} {first}. Take {alternative} instead.");
    static final List<String> HELP = List.of(
            "Yes, {second} {is} fine {in} {first}.",
            "Sure, {second} {is} fine {in} {first}.",
            "Go ahead, {second} {is} fine {in} {first}.");

    /** What stands for {@code {risk}} where there is none. */
    static final String NO_RISK = "no risk";

    /** The part of an answer that every form contains, for verifiers that look for a ground truth inside it. */
    static final String CORE_REFUSAL = "{second} {is} {risk} {in} {first}";

    static final String CORE_HELP = "{second} {is} fine {in} {first}";

    private Wording() {}
}
