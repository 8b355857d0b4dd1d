package org.espalier.studio;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.review.ReviewCounts;
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.web.Request;
import org.espalier.studio.internal.web.Response;
import org.espalier.studio.review.Review;
import org.espalier.studio.run.RunPlace;

/** The first page, and the one that asks who is there. */
record HomePages(Frame frame, List<Review> reviews, List<RunPlace> runs) {
    HomePages {
        reviews = List.copyOf(reviews);
        runs = List.copyOf(runs);
    }

    Response list(Request request) {
        Element work = element("section").attribute("aria-labelledby", "revise");
        work.add(element("h2").attribute("id", "revise").add("To revise"));
        reviews.forEach(review -> work.add(card(review)));
        Element look = element("section").attribute("aria-labelledby", "look");
        look.add(element("h2").attribute("id", "look").add("To look at"));
        Element list = element("ul", "runs");
        runs.forEach(run -> list.add(element("li")
                .add(
                        Control.link("/run/" + run.name(), run.name()),
                        element("span", "verb").add(run.verb()))));
        look.add(list);
        return Response.page(frame.page(
                request.session(),
                "Home",
                "home",
                List.of(),
                element("h1").add("Espalier studio"),
                reviews.isEmpty() ? Html.nothing() : work,
                runs.isEmpty() ? Html.nothing() : look));
    }

    private static Html card(Review review) {
        ReviewCounts counts = review.drafts().counts();
        String address = "/review/" + review.name();
        return element("article", "card")
                .add(
                        element("h3").add(Control.link(address, review.name())),
                        element("p", "numbers")
                                .add(Frame.count(counts.decided()) + " of " + Frame.count(counts.total())
                                        + " decided: " + Frame.count(counts.accepted()) + " accepted, "
                                        + Frame.count(counts.rejected()) + " rejected"),
                        Frame.progress(counts.accepted(), counts.rejected(), counts.total()),
                        element("p")
                                .add(
                                        Control.link("button accept", address + "/next?state=draft", "Go on reviewing"),
                                        Html.text(" "),
                                        Control.link("button", address, "List")));
    }

    /** Asks for a name, and takes it. */
    Response who(Request request) {
        if (!request.post()) {
            return ask(200, request, "", request.query().one("then"));
        }
        String name = request.form().one("name").strip();
        String then = request.form().one("then");
        // The name is kept with the first thing that is done under it.
        if (name.isEmpty() || name.length() > 60 || name.chars().anyMatch(Character::isISOControl)) {
            return ask(400, request, "A name has 1 to 60 characters on one line.", then);
        }
        request.session().reviewer(name);
        // Only ever to a page of ours: two slashes would lead to another machine.
        return Response.to(then.matches("/([A-Za-z0-9].*)?") ? then : "/");
    }

    private Response ask(int status, Request request, String trouble, String then) {
        Element datalist = element("datalist").attribute("id", "names");
        reviews.stream()
                .flatMap(review -> review.drafts().reviewers().stream())
                .distinct()
                .sorted()
                .forEach(known -> datalist.add(element("option").attribute("value", known)));
        Element field = Control.input(
                        "text", "name", request.session().reviewer().orElse(""))
                .attribute("id", "name")
                .attribute("autocomplete", "nickname")
                .attribute("maxlength", "60")
                .attribute("list", "names")
                .attribute("required", "")
                .attribute("autofocus", "");
        Element form = Control.post("who", "/who")
                .add(
                        Frame.secret(request.session()),
                        Frame.hidden("then", then),
                        Control.label("name", "Your name"),
                        field,
                        datalist,
                        element("button", "accept").attribute("type", "submit").add("Go on"));
        return Response.page(
                status,
                frame.page(
                        request.session(),
                        "Who are you?",
                        "plain",
                        List.of(),
                        element("h1").add("Who are you?"),
                        element("p").add("What you change and decide is kept under this name."),
                        trouble.isEmpty()
                                ? Html.nothing()
                                : element("p", "trouble")
                                        .attribute("role", "alert")
                                        .add(trouble),
                        form));
    }
}
