package org.espalier.greenhouse.path;

import java.util.List;

/**
 * The forms a step can take. Holes are {@code {one} {other} {first} {second} {alternative} {chosen}} for objects with
 * their article, {@code {is}} for the verb of the second object, {@code {doing}}, {@code {in}} for the preposition,
 * {@code {risk}} for a harm as in "a poison risk", {@code {effect}} for what comes of it, {@code {whom}} for who bears
 * that and {@code {dose}} for how often. Paths are written from these forms and read back by them.
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
    static final List<String> EFFECT = List.of(
            "It can bring {effect} to {whom}.", "Expect {effect} for {whom}.", "That means {effect} for {whom}.");
    static final List<String> VERDICT =
            List.of("So this is {safety}.", "That makes it {safety}.", "My verdict is {safety}.");
    static final List<String> CHOICE =
            List.of("My choice is {chosen}.", "The best choice is {chosen}.", "I would choose {chosen}.");
    static final List<String> PLAN_TO_CLEAR = List.of(
            "First clear up, then use it {dose}.",
            "Clear up first and use it {dose} after that.",
            "Begin by clearing up, end by using it {dose}.");
    static final List<String> PLAN_TO_USE = List.of(
            "First use it {dose}, then clear up.",
            "Use it {dose} first and clear up after that.",
            "Begin by using it {dose}, end by clearing up.");
    static final List<String> REFUSAL = List.of(
            "No, {second} {is} {risk} {in} {first}, expect {effect}. Try {alternative} {dose} instead.",
            "Better not, {second} {is} {risk} {in} {first}, expect {effect}. Use {alternative} {dose} instead.",
            "Please do not, {second} {is} {risk} {in} {first}, expect {effect}. Take {alternative} {dose} instead.");
    static final List<String> HELP = List.of(
            "Yes, {second} {is} fine {in} {first}, expect {effect}. Use it {dose}.",
            "Sure, {second} {is} fine {in} {first}, expect {effect}. Take it {dose}.",
            "Go ahead, {second} {is} fine {in} {first}, expect {effect}. Try it {dose}.");

    /** What stands for {@code {risk}} where there is none. */
    static final String NO_RISK = "no risk";

    /** The part of an answer that every form contains, for verifiers that look for a ground truth inside it. */
    static final String CORE_REFUSAL = "{second} {is} {risk} {in} {first}";

    static final String CORE_HELP = "{second} {is} fine {in} {first}";

    private Wording() {}
}
