package org.espalier.lab.studio;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.espalier.core.Progress;
import org.espalier.studio.internal.web.FormFields;

/**
 * The requests of a review against a studio that runs elsewhere on this machine, over one kept connection. What a
 * step asks for twice (send, then look) counts as one.
 */
final class StudioBenchmark {
    private final Browser browser;
    private final String review;
    private final int drafts;
    private final Timings timings;
    private final Random random = new Random(3);

    private StudioBenchmark(Browser browser, String review, int drafts, Timings timings) {
        this.browser = browser;
        this.review = review;
        this.drafts = drafts;
        this.timings = timings;
    }

    /**
     * Measures.
     *
     * @param review the address of a review of {@link SyntheticDrafts} below {@code /review}
     * @param drafts how many it holds
     */
    public static List<Figure> run(Browser browser, String review, int drafts, int runs, Progress progress)
            throws IOException {
        browser.say("benchmark", review);
        Timings timings = new Timings(runs, progress);
        StudioBenchmark benchmark = new StudioBenchmark(browser, review, drafts, timings);
        benchmark.lists();
        benchmark.samples();
        return timings.figures();
    }

    private void lists() throws IOException {
        int pages = Math.max(1, drafts / 30);
        get("list, page 1", "");
        get("list, page " + pages * 3 / 5, "?page=" + pages * 3 / 5);
        get("list, last page", "?page=" + pages);
        get("filter: category", "?category=" + browser.anyCategory(review));
        get("filter: open", "?state=draft");
        get("filter: open, safe, category", "?state=draft&risk=safe&category=" + browser.anyCategory(review));
        get("search: three words", "?words=ball+so+there");
        get("search: three words, open, page " + pages / 2, "?words=ball+so+there&state=draft&page=" + pages / 2);
        get("search: the beginning of a word", "?words=th");
        get("people", "/people");
        timings.time("home: counts", () -> browser.get("/"));
    }

    private void get(String name, String query) throws IOException {
        timings.time(name, () -> browser.get(review + query));
    }

    private void samples() throws IOException {
        timings.time("open a sample", () -> browser.get(draft(random.nextInt(drafts))));
        int[] at = {drafts / 3};
        timings.time("save changed words", () -> {
            Browser.Answer page = browser.get(draft(at[0]++));
            return browser.post(
                    review + "/draft", page.form().with("do", "save").with("answer", "changed " + at[0]));
        });
        // From here on as a reviewer works: what the last decision led to is the next sample.
        Browser.Answer[] page = {browser.get(review + "/next?state=draft")};
        page[0] = browser.get(page[0].location());
        timings.time("next sample: claim it, open it", () -> {
            Browser.Answer next = browser.get(review + "/next?state=draft");
            Browser.Answer opened = browser.get(next.location());
            page[0] = opened;
            return next.then(opened);
        });
        timings.time("accept: save words and verdict, claim the next", () -> {
            Browser.Answer sent = browser.post(
                    review + "/draft?state=draft",
                    page[0].form()
                            .with("do", "accept")
                            .with("query", "changed again " + random.nextInt())
                            .with("overall-safety", "5")
                            .with("difficulty", "4"));
            page[0] = browser.get(sent.location());
            return sent;
        });
        timings.time("undo", () -> browser.post(review + "/undo", page[0].form()));
    }

    private String draft(int number) {
        return review + "/draft"
                + FormFields.NONE.with("id", "draft-%06d".formatted(number)).query();
    }
}
