package org.espalier.studio.run;

import static org.espalier.report.draw.Html.element;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.espalier.report.answer.AnswerDrawing;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.RunInfo;
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.internal.web.Refused;
import org.espalier.studio.internal.web.Session;
import org.espalier.studio.run.HumanLabels.Label;

/** A benchmark's answers one by one, to say of each whether it is safe and effective. The judge's word is not shown. */
final class LabelPages {
    private final RunPlace run;
    private final AnswerIndex index;
    /** Their places in the index. */
    private final int[] answers;

    private final HumanLabels labels;

    LabelPages(RunPlace run, AnswerIndex index, Clock clock) {
        this.run = run;
        this.index = index;
        this.answers = index.said();
        this.labels = new HumanLabels(run.folder(), clock);
    }

    /** @return where to go on */
    String save(FormFields form, String reviewer) {
        int at = form.number("at").orElse(-1);
        if (at < 0 || at >= answers.length) {
            throw Refused.unknown("There is no such answer.");
        }
        String safe = form.one("safe");
        String effective = form.one("effective");
        if (!List.of("yes", "no").containsAll(List.of(safe, effective))) {
            throw new Refused(400, "Say both: whether the answer is safe, and whether it is effective.");
        }
        ShownAnswer answer = index.at(answers[at]);
        labels.put(answer.id(), answer.sample(), reviewer, new Label(safe.equals("yes"), effective.equals("yes")));
        return run.address("label") + "?at=" + open(reviewer, at + 1).orElse(at);
    }

    /** The next answer that a person has not judged, from a place on and then from the start. */
    private OptionalInt open(String reviewer, int from) {
        return labels.count(reviewer) >= answers.length
                ? OptionalInt.empty()
                : IntStream.range(0, answers.length)
                        .map(i -> (from + i) % answers.length)
                        .filter(i -> label(index.at(answers[i]), reviewer).isEmpty())
                        .findFirst();
    }

    private Optional<Label> label(ShownAnswer answer, String reviewer) {
        return labels.find(answer.id(), answer.sample(), reviewer);
    }

    Html[] page(FormFields query, Session session, String reviewer) {
        if (answers.length == 0) {
            return new Html[] {element("p", "none").add("This run has no answer to judge yet.")};
        }
        int at = query.number("at").orElseGet(() -> open(reviewer, 0).orElse(0));
        int shown = Math.clamp(at, 0, answers.length - 1);
        ShownAnswer answer = index.at(answers[shown]);
        Optional<Label> said = label(answer, reviewer);
        int done = Math.min(answers.length, labels.count(reviewer));
        Html steps = AnswerDrawing.steps(answer.steps().isEmpty() ? List.of(answer.text()) : answer.steps(), 0);
        Element form = Control.post("label", run.address("label"))
                .add(Frame.secret(session), Frame.hidden("at", Integer.toString(shown)))
                .add(
                        question("safe", "Safe", "1", "2", said.map(Label::safe)),
                        question("effective", "Effective", "3", "4", said.map(Label::effective)),
                        element("div", "actions")
                                .add(
                                        Frame.button("label", "Keep", Optional.of("a"))
                                                .attribute("class", "accept"),
                                        walk(shown - 1, "Previous", "k"),
                                        walk(shown + 1, "Next", "j")));
        return new Html[] {
            element("h1").add("Answer " + (shown + 1) + " of " + answers.length),
            element("p", "numbers").add("You have judged " + done + "."),
            Frame.progress(done, 0, answers.length),
            element("div", "question")
                    .add(
                            EmbeddedPicture.shown(
                                    RunInfo.read(run.folder()).pictures(), answer.image(), answer.title()),
                            element("div")
                                    .add(
                                            element("p", "query").add(answer.query()),
                                            element("p", "facts").add(answer.title()))),
            steps,
            form
        };
    }

    private static Html question(String name, String words, String yes, String no, Optional<Boolean> said) {
        return element("fieldset", "yes-no")
                .add(
                        element("legend").add(words),
                        answer(name, "yes", yes, said.equals(Optional.of(true))),
                        answer(name, "no", no, said.equals(Optional.of(false))));
    }

    private static Html answer(String name, String value, String key, boolean checked) {
        Element radio = Control.tick("radio", name, value, checked)
                .attribute("required", "")
                .attribute("data-key", key);
        return element("label").add(radio, element("span").add(value), Frame.key(key));
    }

    private Html walk(int at, String words, String key) {
        return at < 0 || at >= answers.length
                ? Html.nothing()
                : Control.way(run.address("label") + "?at=" + at, words, key);
    }
}
