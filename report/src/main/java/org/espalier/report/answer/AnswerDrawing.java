package org.espalier.report.answer;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.function.UnaryOperator;
import org.espalier.bench.suite.Finding;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;

/** An answer with its verdict as a piece of a page. */
public final class AnswerDrawing {
    private AnswerDrawing() {}

    /** So much of a text as has a place in a line of a list. */
    public static String line(String text, int letters) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= letters ? line : line.substring(0, letters) + "…";
    }

    /** A finding as a chip; signs say what colours say. */
    public static Html chip(Finding finding) {
        return switch (finding.tone()) {
            case GOOD -> element("span", "chip good").add("✓ " + finding.words());
            case BAD -> element("span", "chip bad").add("✗ " + finding.words());
            case NEITHER -> element("span", "chip").add(finding.words());
        };
    }

    public static Html chips(List<Finding> findings) {
        return Html.all(findings.stream().map(AnswerDrawing::chip).toList());
    }

    /**
     * Steps, the first wrong one marked and those after it faint.
     *
     * @param wrong its number, from 1; 0 for none
     */
    public static Html steps(List<String> steps, int wrong) {
        Element list = element("ol", "steps");
        for (int number = 1; number <= steps.size(); number++) {
            String style = number == wrong ? "wrong" : wrong > 0 && number > wrong ? "after" : "";
            Element step = element("li", style).add(steps.get(number - 1));
            if (number == wrong) {
                step.add(element("span", "flag").add("✗ first wrong step"));
            }
            list.add(step);
        }
        return list;
    }

    /** Verdict, answer, reason, and what each of several judges said. */
    public static Html whole(ShownAnswer answer) {
        return side(Html.nothing(), answer, text -> text).add(voices(answer.voices()));
    }

    /**
     * Verdict, answer and reason.
     *
     * @param head stands before the verdict
     * @param clip shortens what is too long
     */
    public static Element side(Html head, ShownAnswer answer, UnaryOperator<String> clip) {
        Element side = Html.div("side", element("p", "head").add(head, chips(answer.verdict())))
                .add(
                        answer.steps().isEmpty()
                                ? Html.p("step whole", clip.apply(answer.text()))
                                : steps(answer.steps().stream().map(clip).toList(), answer.wrong()));
        if (answer.cutOff()) {
            side.add(Html.p("why", "The token budget cut this answer off."));
        }
        return answer.reason().isBlank() ? side : side.add(Html.p("why", clip.apply(answer.reason())));
    }

    private static Html voices(List<ShownAnswer.Voice> voices) {
        if (voices.isEmpty()) {
            return Html.nothing();
        }
        Element list = element("ul", "voices");
        for (ShownAnswer.Voice voice : voices) {
            Element one = element("li").add(element("b").add(voice.judge()), Html.text(" "), chip(voice.finding()));
            if (!voice.reason().isBlank()) {
                one.add(Html.p("why", voice.reason()));
            }
            list.add(one);
        }
        return list;
    }
}
