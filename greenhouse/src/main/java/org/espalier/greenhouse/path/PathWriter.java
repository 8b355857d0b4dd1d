package org.espalier.greenhouse.path;

import java.util.stream.Stream;
import org.espalier.core.ReasoningPath;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Harm;
import org.espalier.greenhouse.world.Thing;

/** Puts claims into words: one step a line, each in one of three forms. */
public final class PathWriter {
    private PathWriter() {}

    /** A right path to a question; {@code alternative} is named if it must be refused. */
    public static ReasoningPath reference(Combination c, Thing alternative, Dice dice) {
        String effect = dice.pick(c.effects());
        Thing chosen = c.unsafe() ? alternative : c.second();
        return new ReasoningPath(Stream.of(
                        new Claim.Seen(c.first(), c.second()),
                        new Claim.Asked(c.action()),
                        new Claim.Fact(c.second(), c.hazard(), c.action().preposition(), c.first()),
                        new Claim.Effect(effect, c.first().whom()),
                        new Claim.Verdict(c.unsafe()),
                        new Claim.Choice(chosen),
                        new Claim.Plan(c.unsafe(), chosen.dose()),
                        answer(c, effect, chosen))
                .map(claim -> write(claim, dice))
                .toList());
    }

    private static Claim answer(Combination c, String effect, Thing chosen) {
        String in = c.action().preposition();
        return c.hazard()
                .<Claim>map(harm -> new Claim.Refusal(c.second(), harm, in, c.first(), effect, chosen, chosen.dose()))
                .orElseGet(() -> new Claim.Help(c.second(), in, c.first(), effect, chosen.dose()));
    }

    /** The ground truth that the answer must contain: "chocolate is a poison risk for a dog". */
    public static String groundTruth(Combination c) {
        String form = c.unsafe() ? Wording.CORE_REFUSAL : Wording.CORE_HELP;
        String risk = c.hazard().map(Harm::risk).orElse(Wording.NO_RISK);
        return fill(form, c.second(), risk, c.action().preposition(), c.first());
    }

    /** One step in one of its forms. */
    public static String write(Claim claim, Dice dice) {
        return switch (claim) {
            case Claim.Seen seen ->
                dice.pick(Wording.SEEN)
                        .replace("{one}", seen.one().phrase())
                        .replace("{other}", seen.other().phrase());
            case Claim.Asked asked ->
                dice.pick(Wording.ASKED).replace("{doing}", asked.action().doing());
            case Claim.Fact fact -> {
                String risk = fact.harm().map(Harm::risk).orElse(Wording.NO_RISK);
                yield fill(dice.pick(Wording.FACT), fact.second(), risk, fact.preposition(), fact.first());
            }
            case Claim.Effect effect ->
                dice.pick(Wording.EFFECT).replace("{effect}", effect.effect()).replace("{whom}", effect.whom());
            case Claim.Verdict verdict ->
                dice.pick(Wording.VERDICT).replace("{safety}", verdict.unsafe() ? "unsafe" : "safe");
            case Claim.Choice choice ->
                dice.pick(Wording.CHOICE).replace("{chosen}", choice.chosen().phrase());
            case Claim.Plan plan ->
                dice.pick(plan.clearsFirst() ? Wording.PLAN_TO_CLEAR : Wording.PLAN_TO_USE)
                        .replace("{dose}", plan.dose().label());
            case Claim.Refusal no ->
                fill(dice.pick(Wording.REFUSAL), no.second(), no.harm().risk(), no.preposition(), no.first())
                        .replace("{effect}", no.effect())
                        .replace("{alternative}", no.alternative().phrase())
                        .replace("{dose}", no.dose().label());
            case Claim.Help yes ->
                fill(dice.pick(Wording.HELP), yes.second(), "", yes.preposition(), yes.first())
                        .replace("{effect}", yes.effect())
                        .replace("{dose}", yes.dose().label());
            case Claim.Unclear _ -> throw new IllegalArgumentException("an unclear claim has no words");
        };
    }

    private static String fill(String form, Thing second, String risk, String in, Thing first) {
        return form.replace("{second}", second.phrase())
                .replace("{is}", second.verb())
                .replace("{risk}", risk)
                .replace("{in}", in)
                .replace("{first}", first.phrase());
    }
}
