package org.espalier.lab.studio;

import java.io.IOException;
import java.util.List;
import org.espalier.core.Progress;

/** The pages of a benchmark run's answers, against a studio that runs elsewhere on this machine. */
final class AnswersBenchmark {
    private static final int PAGE = 50;

    private AnswersBenchmark() {}

    /**
     * Measures.
     *
     * @param run the address of a run of {@link SyntheticAnswers} below {@code /run}
     * @param answers how many it holds
     */
    public static List<Figure> run(Browser browser, String run, int answers, int runs, Progress progress)
            throws IOException {
        browser.say("benchmark", run);
        Timings timings = new Timings(runs, progress);
        String list = run + "/answers";
        int last = Math.ceilDiv(answers, PAGE);
        timings.once("the list for the first time", () -> browser.get(list));
        timings.time("list, page 1", () -> browser.get(list));
        timings.time("list, last page", () -> browser.get(list + "?page=" + last));
        timings.time(
                "filter: unsafe, category",
                () -> browser.get(list + "?verdict=unsafe%2C+ineffective&cell=home%2Fkitchen"));
        timings.once("search for the first time: words of nearly all", () -> browser.get(list + "?words=ball+there"));
        timings.once(
                "search for the first time: a word of one", () -> browser.get(list + "?words=answer" + answers / 2));
        timings.time("search again", () -> browser.get(list + "?words=ball+there"));
        timings.time(
                "search again, unsafe, page 3",
                () -> browser.get(list + "?words=ball+there&verdict=unsafe%2C+ineffective&page=3"));
        timings.time("one answer", () -> browser.get(run + "/answer?number=" + answers / 2));
        return timings.figures();
    }
}
