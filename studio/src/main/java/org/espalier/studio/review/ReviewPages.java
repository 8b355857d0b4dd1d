package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.report.draw.Html;
import org.espalier.ssui.pool.PictureProvenance;
import org.espalier.ssui.review.DraftBounds;
import org.espalier.ssui.review.DraftState;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Filter;
import org.espalier.ssui.review.ReviewVerdict;
import org.espalier.ssui.review.Reviewed;
import org.espalier.ssui.review.SaveResult;
import org.espalier.ssui.taxonomy.Coverage;
import org.espalier.ssui.taxonomy.Rings;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.page.Pictures;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.internal.web.Refused;
import org.espalier.studio.internal.web.Request;
import org.espalier.studio.internal.web.Response;

/** Answers everything below {@code /review/NAME}. */
public final class ReviewPages {
    /** Drafts on a page of the list. */
    public static final int SIZE = 30;

    private final Review review;
    private final Drafts drafts;
    private final Pictures pictures;
    private final PictureProvenance.Known known;
    private final Frame frame;

    public ReviewPages(Review review, Frame frame) {
        this.review = review;
        this.drafts = review.drafts();
        this.pictures = new Pictures(review.pictures());
        this.known = new PictureProvenance.Known(review.pictures());
        this.frame = frame;
    }

    /** @param reviewer who asks */
    public Response answer(Request request, String reviewer) {
        String page = request.part(2);
        if (request.post()) {
            return switch (page) {
                case "draft" -> send(request, reviewer);
                case "undo" -> undo(request, reviewer);
                default -> throw unknown();
            };
        }
        return switch (page) {
            case "" -> list(request);
            case "next" -> next(request, reviewer, 0);
            case "draft" -> draft(request, reviewer);
            case "picture" -> picture(request.query());
            case "people" ->
                page(
                        request,
                        "People",
                        "people",
                        page,
                        new PeoplePage(review, drafts.tallies(), drafts.agreements(), drafts.counts()).content());
            case "coverage" ->
                page(
                        request,
                        "Coverage",
                        "coverage",
                        page,
                        new CoveragePage(
                                        review,
                                        drafts.categories(Optional.empty()),
                                        drafts.categories(Optional.of(DraftState.ACCEPTED)))
                                .content());
            case "rings.svg" -> rings();
            default -> throw unknown();
        };
    }

    private static Refused unknown() {
        return Refused.unknown("The review has no such page.");
    }

    private Response page(Request request, String title, String style, String here, Html... content) {
        return Response.page(frame.page(request.session(), title, style, links(here), content));
    }

    private List<Frame.Link> links(String here) {
        return List.of(
                new Frame.Link(review.address(""), "List", here.isEmpty()),
                new Frame.Link(review.address("next") + "?state=draft", "Review", here.equals("draft")),
                new Frame.Link(review.address("people"), "People", here.equals("people")),
                new Frame.Link(review.address("coverage"), "Coverage", here.equals("coverage")));
    }

    private Response list(Request request) {
        FormFields filter = FilterFields.kept(request.query());
        ListPage list = new ListPage(
                review,
                drafts.page(
                        FilterFields.read(filter),
                        request.query().number("page").orElse(1),
                        SIZE),
                drafts.counts(),
                drafts.reviewers(),
                filter);
        return page(request, review.name(), "list", "", list.content());
    }

    private Response next(Request request, String reviewer, long after) {
        FormFields kept = FilterFields.kept(request.query());
        Optional<String> next = drafts.next(FilterFields.read(kept), reviewer, after);
        if (next.isEmpty()) {
            request.session().say("Nothing in this filter waits for you.");
            return Response.to(review.address("") + kept.query());
        }
        return Response.to(review.address("draft") + kept.with("id", next.get()).query());
    }

    private Response draft(Request request, String reviewer) {
        Reviewed stored = stored(request.query().one("id"));
        int steps = stored.current().steps().size();
        if (steps > DraftBounds.MOST_STEPS) {
            // A store of an earlier version may hold such a sample; its page would take the memory of all others.
            throw new Refused(
                    413,
                    "This sample has " + steps + " steps, and people can revise at most " + DraftBounds.MOST_STEPS
                            + ".");
        }
        var events = stored.version() == 0 ? List.<org.espalier.ssui.review.Event>of() : drafts.history(stored.id());
        DraftForm shown = DraftForm.of(
                stored.current().wording(),
                HistoryView.standing(events, reviewer),
                HistoryView.harmless(events, reviewer));
        return sheet(200, request, reviewer, stored, shown, Optional.empty());
    }

    private Response sheet(
            int status, Request request, String reviewer, Reviewed stored, DraftForm shown, Optional<Html> trouble) {
        FormFields kept = FilterFields.kept(request.query());
        Filter filter = FilterFields.read(kept);
        DraftPage page = new DraftPage(
                review,
                stored,
                known.of(stored.current().image(), stored.current().provenance()),
                shown,
                stored.version() == 0 ? List.of() : drafts.history(stored.id()),
                trouble,
                kept,
                drafts.neighbour(filter, stored.seq(), false),
                drafts.neighbour(filter, stored.seq(), true));
        return Response.page(
                status,
                frame.page(
                        request.session(),
                        "Sample " + stored.seq(),
                        "draft",
                        links("draft"),
                        page.content(request.session(), reviewer)));
    }

    private Reviewed stored(String id) {
        return drafts.current(id)
                .orElseThrow(() -> Refused.unknown("There is no sample \"" + id + "\" in " + review.name() + "."));
    }

    private Response picture(FormFields query) {
        String image = drafts.image(query.one("id"))
                .orElseThrow(() -> Refused.unknown("There is no sample \"" + query.one("id") + "\"."));
        return query.has("small") ? pictures.small(image) : pictures.whole(image);
    }

    private Response rings() {
        Coverage coverage = Coverage.of(review.taxonomy(), drafts.categories(Optional.of(DraftState.ACCEPTED)));
        return Response.kept("image/svg+xml", Rings.draw(coverage).getBytes(StandardCharsets.UTF_8), 0);
    }

    private Response send(Request request, String reviewer) {
        FormFields form = request.form();
        DraftForm sent = DraftForm.read(form);
        String id = form.one("id");
        int version = form.number("version").orElse(0);
        Optional<ReviewVerdict> verdict = verdict(form.one("do"));
        try {
            mustBeKnown(sent.category(), stored(id));
            // Skipping a sample leaves its words alone.
            SaveResult saving = verdict.equals(Optional.of(ReviewVerdict.SKIPPED))
                    ? drafts.decide(id, version, reviewer, sent.opinion(ReviewVerdict.SKIPPED))
                    : drafts.save(id, version, reviewer, sent.wording(), sent.harmless(), verdict.map(sent::opinion));
            return switch (saving) {
                case SaveResult.Conflict(Reviewed now) -> conflict(request, reviewer, now, sent);
                case SaveResult.Saved(Reviewed now) -> saved(request, reviewer, now, verdict, version);
            };
        } catch (InputException e) {
            Html why = element("p").add("Nothing was saved: " + e.getMessage() + ".");
            return sheet(400, request, reviewer, stored(id), sent, Optional.of(why));
        }
    }

    /** A draft keeps a category that came with it; a new one is of the taxonomy. */
    private void mustBeKnown(String category, Reviewed stored) {
        List<String> came =
                List.of(stored.current().category(), stored.original().category());
        if (!category.isBlank()
                && !came.contains(category)
                && review.taxonomy().find(category).isEmpty()) {
            throw new InputException(
                    "there is no category \"" + category + "\" in the taxonomy: choose one of the list");
        }
    }

    private static Optional<ReviewVerdict> verdict(String action) {
        return switch (action) {
            case "accept" -> Optional.of(ReviewVerdict.ACCEPTED);
            case "reject" -> Optional.of(ReviewVerdict.REJECTED);
            case "skip" -> Optional.of(ReviewVerdict.SKIPPED);
            case "save" -> Optional.empty();
            default -> throw new Refused(400, "The form does not say what to do.");
        };
    }

    private Response saved(
            Request request, String reviewer, Reviewed now, Optional<ReviewVerdict> verdict, int version) {
        if (verdict.isEmpty()) {
            request.session().say(now.version() == version ? "The words are as they were." : "Saved.");
            return Response.to(review.address("draft")
                    + FilterFields.kept(request.query()).with("id", now.id()).query());
        }
        String done = verdict.get() == ReviewVerdict.SKIPPED
                ? "skipped"
                : verdict.get().label();
        request.session().say("Sample " + now.seq() + " " + done + ". u takes it back.");
        return next(request, reviewer, now.seq());
    }

    private Response conflict(Request request, String reviewer, Reviewed now, DraftForm sent) {
        var events = drafts.history(now.id());
        String who = events.isEmpty()
                ? "somebody"
                : events.getLast().reviewer() + " ("
                        + HistoryView.time(events.getLast().at()) + ")";
        List<Html> told = new java.util.ArrayList<>();
        told.add(
                element("p")
                        .add(
                                "Nothing was saved: " + who
                                        + " changed this sample after you opened it. Your words are still in the"
                                        + " fields. Send them again to put them in place of what is stored now, or reload to drop them."));
        var differences = Differences.between(now.current().wording(), sent.wording());
        if (!differences.isEmpty()) {
            told.add(element("p").add("From what is stored to what you wrote:"));
            told.addAll(differences);
        }
        return sheet(409, request, reviewer, now, sent, Optional.of(Html.all(told)));
    }

    private Response undo(Request request, String reviewer) {
        FormFields kept = FilterFields.kept(request.query());
        Optional<String> last = drafts.lastTouched(reviewer);
        if (last.isEmpty()) {
            request.session().say("There is nothing of yours to take back.");
            return Response.to(review.address("") + kept.query());
        }
        Reviewed before = stored(last.get());
        String said = switch (drafts.undo(before.id(), before.version(), reviewer)) {
            case SaveResult.Conflict conflict -> "Somebody wrote here at the same moment; nothing was taken back.";
            case SaveResult.Saved(Reviewed now)
            when now.version() == before.version() -> "Others have changed this sample since; take yours back by hand.";
            case SaveResult.Saved saved -> "Taken back. Once more takes back what you did before that.";
        };
        request.session().say(said);
        return Response.to(
                review.address("draft") + kept.with("id", before.id()).query());
    }
}
