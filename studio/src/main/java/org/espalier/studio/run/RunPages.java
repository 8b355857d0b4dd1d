package org.espalier.studio.run;

import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.espalier.bench.run.AnswerLine;
import org.espalier.core.file.TreeFile;
import org.espalier.report.Report;
import org.espalier.report.draw.Html;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.internal.web.Refused;
import org.espalier.studio.internal.web.Request;
import org.espalier.studio.internal.web.Response;

/** Answers everything below {@code /run/NAME}. */
public final class RunPages {
    /** So many runs to compare with are offered; the address of any other works too. */
    private static final int PEERS = 8;

    private final RunPlace run;
    private final List<RunPlace> peers;
    private final Frame frame;
    private final Clock clock;
    private final TreePages trees;
    private final AnswerIndex index;
    private final AnswerPages answers;

    /** @param runs all that are open: those of the same benchmark can be compared */
    public RunPages(RunPlace run, List<RunPlace> runs, Frame frame, Clock clock) {
        this.run = run;
        this.peers = runs.stream()
                .filter(other -> !other.equals(run) && other.verb().equals(run.verb()))
                .limit(PEERS)
                .toList();
        this.frame = frame;
        this.clock = clock;
        this.trees = new TreePages(run);
        this.index = new AnswerIndex(run.folder(), run.verb().replaceFirst("^bench ", ""));
        this.answers = new AnswerPages(run, index);
    }

    /** @param reviewer who asks */
    public Response answer(Request request, String reviewer) {
        String page = request.part(2);
        FormFields query = request.query();
        if (request.post()) {
            if (page.equals("label") && has(AnswerLine.FILE)) {
                return Response.to(labels().save(request.form(), reviewer));
            }
            throw unknown();
        }
        return switch (page) {
            case "" ->
                page(request, run.name(), Html.element("h1").add(run.name()), Report.sections(List.of(run.folder())));
            case "trees" -> page(request, "Trees", trees.list(needed(TreeFile.NAME, query)));
            case "tree" -> page(request, "Tree", trees.tree(needed(TreeFile.NAME, query)));
            case "answers" -> page(request, "Answers", answers.list(needed(AnswerLine.FILE, query)));
            case "answer" -> page(request, "Answer", answers.one(needed(AnswerLine.FILE, query)));
            case "label" ->
                page(
                        request,
                        "Judge answers",
                        labels().page(needed(AnswerLine.FILE, query), request.session(), reviewer));
            default -> throw unknown();
        };
    }

    AnswerIndex index() {
        return index;
    }

    RunPlace place() {
        return run;
    }

    /** Made anew each time: the run may still be going on, and other people judge it too. */
    private LabelPages labels() {
        return new LabelPages(run, index, clock);
    }

    private boolean has(String file) {
        return Files.exists(run.folder().resolve(file));
    }

    private FormFields needed(String file, FormFields query) {
        if (!has(file)) {
            throw Refused.unknown("The run " + run.name() + " has no " + file + " (yet).");
        }
        return query;
    }

    private static Refused unknown() {
        return Refused.unknown("A run has no such page.");
    }

    private Response page(Request request, String title, Html... content) {
        String here = request.part(2);
        List<Frame.Link> links = new ArrayList<>();
        links.add(new Frame.Link(run.address(""), "Run", here.isEmpty()));
        if (has(TreeFile.NAME)) {
            links.add(new Frame.Link(run.address("trees"), "Trees", here.startsWith("tree")));
        }
        if (has(AnswerLine.FILE)) {
            links.add(new Frame.Link(run.address("answers"), "Answers", here.startsWith("answer")));
            links.add(new Frame.Link(run.address("label"), "Judge answers", here.equals("label")));
            peers.forEach(
                    peer -> links.add(new Frame.Link(ComparePages.address(run, peer), "Beside " + peer.name(), false)));
        }
        run.review().ifPresent(review -> links.add(new Frame.Link("/review/" + review, "Its drafts", false)));
        return Response.page(frame.page(request.session(), title, "run", links, content));
    }
}
