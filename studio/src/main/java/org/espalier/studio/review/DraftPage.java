package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.pool.PictureProvenance;
import org.espalier.ssui.review.Criterion;
import org.espalier.ssui.review.Event;
import org.espalier.ssui.review.Reason;
import org.espalier.ssui.review.ReviewVerdict;
import org.espalier.ssui.review.Reviewed;
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.internal.web.Session;

/**
 * One draft: picture, words, criteria, reasons, what was changed.
 *
 * @param stored as it stands in the store; its version is what a form sent from this page has seen
 * @param picture what is known of its picture
 * @param shown what stands in the fields
 * @param trouble what was wrong with what was sent
 * @param filter fields of the filter in which the reviewer goes on
 */
record DraftPage(
        Review review,
        Reviewed stored,
        PictureProvenance picture,
        DraftForm shown,
        List<Event> events,
        Optional<Html> trouble,
        FormFields filter,
        Optional<String> before,
        Optional<String> after) {
    private static final String KEYS = "1234567890";
    private static final List<String> CRITERIA = List.of("o", "d", "y", "i");

    Html[] content(Session session, String reviewer) {
        Element form = Control.post("sheet", review.address("draft") + filter.query())
                .attribute("id", "sheet")
                .attribute("autocomplete", "off")
                .add(
                        Frame.secret(session),
                        Frame.hidden("id", stored.id()),
                        Frame.hidden("version", Integer.toString(stored.version())))
                .add(
                        heading(reviewer),
                        element("div", "columns")
                                .add(
                                        element("div", "seen").add(figure(), new AgentCards(stored.original()).draw()),
                                        element("div", "words").add(words()).add(opinion(reviewer))),
                        actions());
        return new Html[] {
            trouble.<Html>map(what ->
                            element("div", "trouble").attribute("role", "alert").add(what))
                    .orElseGet(Html::nothing),
            form,
            undo(session),
            past(reviewer),
            KeysDialog.draw()
        };
    }

    /** What others decided is told here no sooner than in the history. */
    private Html heading(String reviewer) {
        boolean told = stored.opinions() == 0 || new HistoryView(events, reviewer).decided();
        Element head = element("div", "heading")
                .add(
                        element("h1").add("Sample " + stored.seq()),
                        element("span", "id").add(stored.id()),
                        told
                                ? ListPage.state(stored.state())
                                : element("span", "chip").add("decided by others"));
        if (stored.revised()) {
            head.add(element("span", "chip").add("revised"));
        }
        if (stored.disputed() && told) {
            head.add(element("span", "chip bad").add("decisions differ"));
        }
        return head.add(element("span", "walk").add(walk(before, "k", "Previous"), walk(after, "j", "Next")));
    }

    private Html walk(Optional<String> to, String key, String words) {
        return to.<Html>map(id -> Control.way(
                        review.address("draft") + filter.with("id", id).query(), words, key))
                .orElseGet(Html::nothing);
    }

    private Html figure() {
        String address = review.address("picture")
                + FormFields.NONE.with("id", stored.id()).query();
        Element figure = element("figure", "picture")
                .add(
                        element("a")
                                .attribute("href", address)
                                .attribute("target", "_blank")
                                .attribute("rel", "noopener")
                                .attribute("data-key", "z")
                                .attribute("aria-label", "The picture at full size, in a new tab")
                                .add(element("img")
                                        .attribute("src", address)
                                        .attribute("alt", "The picture of sample " + stored.id())),
                        new PictureLine(picture, shown.harmless()).caption());
        after.ifPresent(next -> figure.attribute(
                "data-next",
                review.address("picture") + FormFields.NONE.with("id", next).query()));
        return figure;
    }

    private List<Html> words() {
        Element steps = element("ol", "steps").attribute("id", "steps");
        for (int i = 0; i < shown.steps().size(); i++) {
            steps.add(step(i + 1, shown.steps().get(i)));
        }
        return List.of(
                labelled("query", "Query", "q", area("query", shown.query()).attribute("required", "")),
                element("fieldset", "path").add(element("legend").add(Html.text("Steps "), Frame.key("e")), steps),
                labelled(
                        "answer",
                        "Answer, in the last step",
                        "w",
                        area("answer", shown.answer()).attribute("required", "")),
                element("div", "pair")
                        .add(
                                labelled(
                                        "category",
                                        "Category",
                                        "c",
                                        CategoryPicker.draw(review.taxonomy(), shown.category(), Optional.empty())),
                                labelled("risk", "Together they are", "v", risk())));
    }

    /** A control that has its name and its key above it. */
    private static Html labelled(String id, String words, String key, Element control) {
        return element("div", "field")
                .add(
                        Control.label(id, words + " ").add(Frame.key(key)),
                        control.attribute("id", id).attribute("data-key", key));
    }

    private static Element area(String name, String text) {
        return element("textarea")
                .attribute("name", name)
                .attribute("rows", "1")
                .add("\n" + text);
    }

    private static Html step(int number, String text) {
        Element area = area("step", text).attribute("aria-label", "Step " + number);
        if (number == 1) {
            area.attribute("data-key", "e");
        }
        return element("li").add(area);
    }

    private Element risk() {
        Element select = element("select").attribute("name", "risk");
        for (Risk risk : Risk.values()) {
            select.add(Control.option(risk.label(), risk.label(), risk == shown.risk()));
        }
        return select;
    }

    private Html opinion(String reviewer) {
        Element criteria = element("div", "criteria");
        for (Criterion criterion : Criterion.values()) {
            criteria.add(rating(criterion));
        }
        Element reasons = element("fieldset", "reasons")
                .attribute("id", "reasons")
                .add(element("legend").add("Reasons to reject"));
        Element boxes = element("div");
        for (Reason reason : Reason.values()) {
            boxes.add(reason(reason));
        }
        reasons.add(boxes);
        return element("section", "opinion")
                .attribute("aria-labelledby", "opinion")
                .add(
                        element("h2").attribute("id", "opinion").add("Your opinion"),
                        element("p", "verdict").add(verdict(reviewer)),
                        criteria,
                        reasons,
                        labelled("note", "Note", "n", area("note", shown.note())));
    }

    private String verdict(String reviewer) {
        ReviewVerdict verdict = HistoryView.standing(events, reviewer).verdict();
        if (verdict != ReviewVerdict.SKIPPED) {
            return "You " + verdict.label() + " this sample.";
        }
        return HistoryView.lapsed(events, reviewer)
                .map(said -> "You " + said.opinion().verdict().label()
                        + " this sample before its words were changed: decide again.")
                .orElse("You have not decided on this sample.");
    }

    private Html rating(Criterion criterion) {
        String key = CRITERIA.get(criterion.ordinal());
        Element group = element("fieldset", "rating")
                .attribute("data-rating", key)
                .attribute("aria-describedby", criterion.label() + "-is")
                .add(element("legend").add(Html.text(criterion.title() + " "), Frame.key(key)));
        Element scale = element("div", "scale");
        for (int rating = 1; rating <= 5; rating++) {
            boolean chosen = Integer.valueOf(rating).equals(shown.ratings().get(criterion));
            Element radio = Control.tick("radio", criterion.label(), Integer.toString(rating), chosen);
            scale.add(element("label").add(radio, element("span").add(Integer.toString(rating))));
        }
        return group.add(
                scale,
                element("p", "is").attribute("id", criterion.label() + "-is").add(criterion.sentence()));
    }

    private Html reason(Reason reason) {
        String key = KEYS.substring(reason.ordinal(), reason.ordinal() + 1);
        Element box = Control.tick(
                        "checkbox", "reason", reason.label(), shown.reasons().contains(reason))
                .attribute("data-key", key);
        return element("label").add(box, element("span").add(reason.sentence()), Frame.key(key));
    }

    private Html actions() {
        return element("div", "actions")
                .attribute("role", "group")
                .attribute("aria-label", "Decide")
                .add(
                        Frame.button("accept", "Accept", Optional.of("a")).attribute("class", "accept"),
                        Frame.button("reject", "Reject", Optional.of("r")).attribute("class", "reject"),
                        Frame.button("skip", "Skip", Optional.of("s")),
                        Frame.button("save", "Save words", Optional.empty())
                                .attribute("id", "save")
                                .add(Html.text(" "), Frame.key("Ctrl ⏎")),
                        element("button")
                                .attribute("type", "submit")
                                .attribute("form", "undo")
                                .attribute("data-key", "u")
                                .add(Html.text("Undo "), Frame.key("u")),
                        Control.way(review.address("") + filter.query(), "List", "l"),
                        element("button", "js")
                                .attribute("type", "button")
                                .attribute("id", "keys")
                                .attribute("data-key", "?")
                                .add(Html.text("Keys "), Frame.key("?")));
    }

    private Html undo(Session session) {
        return Control.post("undo", review.address("undo") + filter.query())
                .attribute("id", "undo")
                .add(Frame.secret(session));
    }

    private Html past(String reviewer) {
        Element past = element("section", "past").attribute("aria-labelledby", "past");
        past.add(element("h2").attribute("id", "past").add("What people did"));
        past.add(new HistoryView(events, reviewer).html());
        if (stored.revised()) {
            Element original = element("details", "original")
                    .add(element("summary").add("The agents’ original, and what became of it"));
            Differences.between(stored.original().wording(), stored.current().wording())
                    .forEach(original::add);
            past.add(original);
        }
        return past.add(element("details")
                .add(
                        element("summary").add("From the agents: tag and provenance"),
                        element("pre")
                                .attribute("tabindex", "0")
                                .attribute("role", "region")
                                .attribute("aria-label", "tag and provenance")
                                .add(Json.page(stored.original().tag())
                                        + Json.page(stored.original().provenance()))));
    }
}
