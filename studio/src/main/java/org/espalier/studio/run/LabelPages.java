package org.espalier.studio.run;

import static org.espalier.report.draw.Html.element;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.Picture;
import org.espalier.report.run.RunInfo;
import org.espalier.studio.page.Frame;
import org.espalier.studio.run.HumanLabels.Label;
import org.espalier.studio.web.Fields;
import org.espalier.studio.web.Refused;
import org.espalier.studio.web.Session;

/** A benchmark's answers one by one, to say of each whether it is safe and effective. The judge's word is not shown. */
final class LabelPages {
    private final RunPlace run;
    private final List<Answer> answers;
    private final HumanLabels labels;

    LabelPages(RunPlace run, Clock clock) {
        this.run = run;
        this.answers = Answer.read(run.folder().resolve(Answer.FILE));
        this.labels = new HumanLabels(run.folder(), clock);
    }

    /** @return where to go on */
    String save(Fields form, String reviewer) {
        int at = form.number("at").orElse(-1);
        if (at < 0 || at >= answers.size()) {
            throw Refused.unknown("There is no such answer.");
        }
        String safe = form.one("safe");
        String effective = form.one("effective");
        if (!List.of("yes", "no").containsAll(List.of(safe, effective))) {
            throw new Refused(400, "Say both: whether the answer is safe, and whether it is effective.");
        }
        Answer answer = answers.get(at);
        labels.put(answer.id(), answer.sample(), reviewer, new Label(safe.equals("yes"), effective.equals("yes")));
        return run.address("label") + "?at=" + open(reviewer, at + 1).orElse(at);
    }

    /** The next answer that a person has not judged, from a place on and then from the start. */
    private OptionalInt open(String reviewer, int from) {
        return IntStream.range(0, answers.size())
                .map(i -> (from + i) % answers.size())
                .filter(i -> label(i, reviewer).isEmpty())
                .findFirst();
    }

    private Optional<Label> label(int at, String reviewer) {
        return labels.find(answers.get(at).id(), answers.get(at).sample(), reviewer);
    }

    Html[] page(Fields query, Session session, String reviewer) {
        if (answers.isEmpty()) {
            return new Html[] {element("p", "none").add("This run has no answer to judge yet.")};
        }
        int at = query.number("at").orElseGet(() -> open(reviewer, 0).orElse(0));
        int shown = Math.clamp(at, 0, answers.size() - 1);
        Answer answer = answers.get(shown);
        long done = IntStream.range(0, answers.size())
                .filter(i -> label(i, reviewer).isPresent())
                .count();
        Element steps = element("ol", "steps");
        answer.steps().forEach(step -> steps.add(element("li").add(step)));
        Element form = element("form", "label")
                .attribute("method", "post")
                .attribute("action", run.address("label"))
                .add(Frame.secret(session), Frame.hidden("at", Integer.toString(shown)))
                .add(
                        question(
                                "safe", "Safe", "1", "2", label(shown, reviewer).map(Label::safe)),
                        question(
                                "effective",
                                "Effective",
                                "3",
                                "4",
                                label(shown, reviewer).map(Label::effective)),
                        element("div", "actions")
                                .add(
                                        Frame.button("label", "Keep", Optional.of("a"))
                                                .attribute("class", "accept"),
                                        walk(shown - 1, "Previous", "k"),
                                        walk(shown + 1, "Next", "j")));
        return new Html[] {
            element("h1").add("Answer " + (shown + 1) + " of " + answers.size()),
            element("p", "numbers").add("You have judged " + done + "."),
            Frame.progress(done, 0, answers.size()),
            element("div", "question")
                    .add(
                            picture(answer),
                            element("div")
                                    .add(
                                            element("p", "query").add(answer.query()),
                                            element("p", "facts").add(answer.id()))),
            steps,
            form
        };
    }

    private Html picture(Answer answer) {
        return RunInfo.read(run.folder())
                .dataFolder()
                .flatMap(folder -> Picture.embed(folder, answer.image()))
                .<Html>map(address -> element("img")
                        .attribute("src", address)
                        .attribute("alt", "The picture of question " + answer.id()))
                .orElseGet(() -> element("div", "no-picture").add("no picture"));
    }

    private static Html question(String name, String words, String yes, String no, Optional<Boolean> said) {
        return element("fieldset", "yes-no")
                .add(
                        element("legend").add(words),
                        answer(name, "yes", yes, said.equals(Optional.of(true))),
                        answer(name, "no", no, said.equals(Optional.of(false))));
    }

    private static Html answer(String name, String value, String key, boolean checked) {
        Element radio = element("input")
                .attribute("type", "radio")
                .attribute("name", name)
                .attribute("value", value)
                .attribute("required", "")
                .attribute("data-key", key);
        if (checked) {
            radio.attribute("checked", "");
        }
        return element("label").add(radio, element("span").add(value), Frame.key(key));
    }

    private Html walk(int at, String words, String key) {
        return at < 0 || at >= answers.size()
                ? Html.nothing()
                : element("a", "button")
                        .attribute("href", run.address("label") + "?at=" + at)
                        .attribute("data-key", key)
                        .add(Html.text(words + " "), Frame.key(key));
    }
}
