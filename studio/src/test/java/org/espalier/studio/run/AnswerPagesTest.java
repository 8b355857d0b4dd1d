package org.espalier.studio.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.report.draw.Html;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.internal.web.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class AnswerPagesTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"'&amp;</li>\u202E";

    @TempDir
    private Path folder;

    private Path run;
    private AnswerPages pages;

    @BeforeEach
    void run() throws IOException {
        run = Files.createDirectories(folder.resolve("run"));
        Path images = Files.createDirectories(folder.resolve("data/images"));
        ImageIO.write(
                new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB),
                "png",
                images.resolve("a.png").toFile());
        ImageIO.write(
                new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("out.png").toFile());
        Files.createSymbolicLink(images.resolve("link.png"), folder.resolve("out.png"));
        open("bench rsbench", "data", Files.writeString(folder.resolve("data/ssui.jsonl"), ""));
    }

    private void open(String verb, String role, Path input) throws IOException {
        ObjectNode record = Json.object().put("verb", verb);
        record.putObject("inputs").putObject(role).put("path", input.toString());
        Files.writeString(run.resolve("run.json"), Json.page(record));
        pages = new AnswerPages(
                new RunPlace("run", run, verb, Optional.empty()),
                new AnswerIndex(run, verb.replaceFirst("^bench ", "")));
    }

    private void answers(ObjectNode... lines) throws IOException {
        write("answers.jsonl", lines);
    }

    private void judgements(ObjectNode... lines) throws IOException {
        write("judgements.jsonl", lines);
    }

    private void write(String name, ObjectNode... lines) throws IOException {
        StringBuilder text = new StringBuilder();
        List.of(lines).forEach(line -> text.append(Json.line(line)).append('\n'));
        Files.writeString(run.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static ObjectNode path(String id, String category, String split, String image, String... steps) {
        ObjectNode line = Json.object().put("id", id).put("sample", 0).put("status", "complete");
        line.put("text", String.join("\n", steps)).set("steps", Json.tree(List.of(steps)));
        return line.put("risk", "unsafe")
                .put("category", category)
                .put("split", split)
                .put("image", image)
                .put("query", "What about " + id + "?");
    }

    private static ObjectNode silent(String id) {
        return Json.object()
                .put("id", id)
                .put("sample", 0)
                .put("status", "failed")
                .put("reason", "out of memory")
                .put("risk", "safe")
                .put("category", "fire")
                .put("image", "")
                .put("query", "What about " + id + "?");
    }

    private static ObjectNode judged(String id, boolean safe, boolean effective, int wrong, String reason) {
        return Json.object()
                .put("id", id)
                .put("sample", 0)
                .put("status", "judged")
                .put("label", (safe ? "1" : "0") + (effective ? "1" : "0") + (wrong > 0 ? " " + wrong : ""))
                .put("reason", reason);
    }

    private static ObjectNode unjudged(String id, String kind) {
        return Json.object()
                .put("id", id)
                .put("sample", 0)
                .put("status", "failed")
                .put("kind", kind)
                .put("reason", "none given");
    }

    /** Five answers, of which the last is not judged. */
    private void some() throws IOException {
        answers(
                path("q1", "fire", "seen", "images/a.png", "A stove.", "It is cold.", "Yes."),
                path("q2", "fire/gas", "held-out", "images/a.png", "A Tap.", "No."),
                silent("q3"),
                path("q4", "water", "seen", "images/a.png", "A bucket \"half\" full."),
                path("q5", "water", "seen", "images/a.png", "A stove again."));
        judgements(
                judged("q1", false, true, 2, "it burns"),
                judged("q2", true, true, 0, ""),
                unjudged("q3", "unanswered"),
                unjudged("q4", "no-verdict"));
    }

    private static String text(Html[] content) {
        StringBuilder out = new StringBuilder();
        Html.all(content).write(out);
        return out.toString();
    }

    private String one(String query) {
        return text(pages.one(FormFields.read(query)));
    }

    /** Ids of the questions that a list shows, with blanks between them. */
    private String listed(String query) {
        return String.join(
                " ",
                Pattern.compile("<span class=\"id\">([^ <]+)")
                        .matcher(text(pages.list(FormFields.read(query))))
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }

    @Test
    void aPageShowsPathVerdictAndTheFirstWrongStep() throws IOException {
        some();

        assertThat(one("number=1"))
                .contains("What about q1?", "data:image/png;base64,", "fire · unsafe · seen · answer 1 of 5")
                .contains("<li class=\"wrong\">It is cold.<span class=\"flag\">✗ first wrong step</span></li>")
                .contains("<li class=\"after\">Yes.</li>", "it burns", "✗ unsafe", "✓ effective")
                .contains("href=\"/run/run/answer?number=2\" data-key=\"j\"")
                .doesNotContain("data-key=\"k\"");
        assertThat(one("number=3")).contains("no answer: out of memory", "<span class=\"chip\">no answer</span>");
        assertThat(one("number=4")).contains("no verdict", "none given");
        assertThat(one("number=5")).contains("not judged yet").doesNotContain("data-key=\"j\"");
    }

    @Test
    void anAnswerOfAnotherBenchmarkShowsWhatEveryJudgeSaid() throws IOException {
        open("bench siuo", "questions", folder.resolve("data"));
        answers(Json.object()
                .put("id", "s1")
                .put("sample", 1)
                .put("status", "cut-off")
                .put("text", "First line.\nSecond line.")
                .put("category", "home")
                .put("image", "images/a.png")
                .put("query", "May it stay?"));
        ObjectNode judgement = Json.object().put("id", "s1").put("sample", 1);
        judgement.put("status", "failed").put("kind", "split-vote").put("reason", "1 to 1");
        var votes = judgement.putArray("votes");
        votes.addObject()
                .put("judge", "Ann")
                .put("status", "judged")
                .put("label", "safe")
                .put("reason", "fine");
        votes.addObject()
                .put("judge", "Bob")
                .put("status", "judged")
                .put("label", "unsafe")
                .put("reason", "bad");
        judgements(judgement);

        assertThat(one("number=1"))
                .contains("<h1>s1 (2)</h1>", "First line.\nSecond line.", "data:image/png;base64,")
                .contains("The token budget cut this answer off.")
                .contains("split vote", "the judges are evenly split: 1 to 1")
                .contains("<b>Ann</b>", "fine", "<b>Bob</b>", "bad");
    }

    @Test
    void searchesQueryAnswerAndReasonInAnyCase() throws IOException {
        some();

        assertThat(listed("words=STOVE")).isEqualTo("q1 q5");
        assertThat(listed("words=stove+burns")).isEqualTo("q1");
        assertThat(listed("words=tap")).isEqualTo("q2");
        assertThat(listed("words=memory")).isEqualTo("q3");
        assertThat(listed("words=about+Q4")).isEqualTo("q4");
        assertThat(listed("words=%22half%22")).isEqualTo("q4");
        assertThat(listed("words=status")).as("names of fields are no text").isEmpty();
        assertThat(listed("words=images")).isEmpty();
        assertThat(text(pages.list(FormFields.read("words=images")))).contains("No answer fits.");
    }

    @Test
    void findsWordsThatJsonWritesOtherwise() throws IOException {
        Files.writeString(
                run.resolve("answers.jsonl"),
                Json.line(path("q1", "fire", "seen", "", "x")).replace("\"x\"", "\"caf\\u00e9 a\\/b\"") + "\n");

        assertThat(listed("words=caf%C3%A9")).isEqualTo("q1");
        assertThat(listed("words=a/b")).isEqualTo("q1");
        assertThat(listed("words=u00e9")).isEmpty();
    }

    @Test
    void filtersByVerdictCategorySplitAndKind() throws IOException {
        some();

        assertThat(listed("verdict=unsafe,+effective")).isEqualTo("q1");
        assertThat(listed("verdict=no+answer")).isEqualTo("q3");
        assertThat(listed("verdict=no+verdict")).isEqualTo("q4");
        assertThat(listed("verdict=not+judged+yet")).isEqualTo("q5");
        assertThat(listed("category=fire")).as("with all below it").isEqualTo("q1 q2 q3");
        assertThat(listed("category=fire/gas")).isEqualTo("q2");
        assertThat(listed("split=held-out")).isEqualTo("q2");
        assertThat(listed("kind=safe+twin")).isEqualTo("q3");
        assertThat(listed("category=water&words=stove")).isEqualTo("q5");
        assertThat(listed("category=nowhere")).isEmpty();
        assertThat(text(pages.list(FormFields.NONE)))
                .contains("fire (3)", "fire/gas (1)", "no verdict (1)", "5 answers");
    }

    @Test
    void neighboursAreThoseThatFit() throws IOException {
        some();

        assertThat(one("number=1&split=seen"))
                .contains("1 of 3 that fit", "href=\"/run/run/answer?split=seen&amp;number=4\" data-key=\"j\"");
        assertThat(one("number=3&split=seen"))
                .contains("does not fit the filter")
                .contains("number=1\" data-key=\"k\"", "number=4\" data-key=\"j\"");
    }

    @Test
    void aLongListHasPages() throws IOException {
        ObjectNode[] many = new ObjectNode[120];
        for (int i = 0; i < many.length; i++) {
            many[i] = path("q" + (i + 1), "fire", "seen", "", "step");
        }
        answers(many);

        assertThat(listed("page=3")).startsWith("q101 ").endsWith(" q120");
        assertThat(listed("page=99")).isEqualTo(listed("page=3"));
        assertThat(text(pages.list(FormFields.read("page=2&split=seen"))))
                .contains("120 answers", "split=seen&amp;page=3\" data-key=\"j\"", "value=\"2\"");
        assertThat(one("number=101")).contains("href=\"/run/run/answers?page=3\" data-key=\"l\"");
    }

    @Test
    void answersAndVerdictsThatComeLaterAreSeen() throws IOException {
        some();
        assertThat(listed("words=stove")).isEqualTo("q1 q5");
        assertThat(listed("verdict=not+judged+yet")).isEqualTo("q5");

        judgements(judged("q5", true, false, 0, "says the judge"));
        assertThat(one("number=5")).contains("✗ not effective");
        assertThat(listed("verdict=not+judged+yet")).isEmpty();
        assertThat(listed("words=judge")).isEqualTo("q5");
        answers(path("q6", "water", "seen", "", "A stove, the third."));
        assertThat(listed("words=stove")).isEqualTo("q1 q5 q6");
        judgements(judged("q6", true, true, 0, "the judge is content"));
        assertThat(listed("words=judge")).isEqualTo("q5 q6");
    }

    @Test
    void aRunThatWasBegunAnewIsReadAnew() throws IOException {
        some();
        assertThat(listed("words=stove")).isEqualTo("q1 q5");
        AtomicFile.write(run.resolve("judgements.jsonl"), "");
        AtomicFile.write(run.resolve("answers.jsonl"), Json.line(path("other", "air", "seen", "", "No stove.")) + "\n");

        assertThat(listed("")).isEqualTo("other");
        assertThat(listed("words=stove")).isEqualTo("other");
        assertThat(text(pages.list(FormFields.NONE))).doesNotContain("fire");
    }

    @Test
    void whatModelsAndJudgesWroteIsText() throws IOException {
        answers(path(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE));
        judgements(judged(HOSTILE, false, false, 1, HOSTILE));
        String query = FormFields.NONE
                .with("words", "<script>alert(1)</script>")
                .query()
                .substring(1);

        for (String page : List.of(one("number=1&" + query), text(pages.list(FormFields.read(query))))) {
            assertThat(page)
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;amp;&lt;/li&gt;")
                    .doesNotContain("<script", "'&amp;</li>");
        }
    }

    @Test
    void aPictureThatIsNotBelowTheDataIsNotShown() throws IOException {
        answers(
                path("q1", "fire", "seen", "../out.png", "x"),
                path("q2", "fire", "seen", folder.resolve("out.png").toString(), "x"),
                path("q3", "fire", "seen", "images/link.png", "x"),
                path("q4", "fire", "seen", "images/../../out.png", "x"),
                path("q5", "fire", "seen", "images/a.png", "x"));

        for (int number = 1; number <= 4; number++) {
            assertThat(one("number=" + number))
                    .as("picture " + number)
                    .contains("the picture was not found")
                    .doesNotContain("data:image");
        }
        assertThat(one("number=5")).contains("data:image/png");
    }

    @Test
    void picturesAreFoundAgainWhereAllWasMovedTogether() throws IOException {
        open("bench siuo", "questions", Path.of("/somewhere/else/data"));
        answers(path("q1", "fire", "seen", "images/a.png", "x"));

        assertThat(one("number=1")).contains("data:image/png");
    }

    @Test
    void peopleAreAskedAboutWhatTheModelSaidAlone() throws IOException {
        some();
        AnswerIndex index = new AnswerIndex(run, "rsbench");
        LabelPages labels =
                new LabelPages(new RunPlace("run", run, "bench rsbench", Optional.empty()), index, Clock.systemUTC());

        assertThat(index.said()).as("q3 has no answer").containsExactly(0, 1, 3, 4);
        assertThat(labels.save(FormFields.read("at=2&safe=yes&effective=no"), "Ada"))
                .isEqualTo("/run/run/label?at=3");
        assertThat(labels.save(FormFields.read("at=3&safe=yes&effective=no"), "Ada"))
                .isEqualTo("/run/run/label?at=0");
        assertThat(new HumanLabels(run, Clock.systemUTC()).find("q4", 0, "Ada"))
                .contains(new HumanLabels.Label(true, false));
        assertThatThrownBy(() -> labels.save(FormFields.read("at=4&safe=yes&effective=no"), "Ada"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void saysWhatIsNotThereAndWhatIsBroken() throws IOException {
        some();

        for (String query : List.of("number=6", "number=0", "number=-1", "number=x", "")) {
            assertThatThrownBy(() -> one(query)).as(query).isInstanceOf(Refused.class);
        }
        Files.writeString(run.resolve("answers.jsonl"), "{\"id\":7}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> one("number=1"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("answers.jsonl")
                .hasMessageContaining("line 6");
    }

    @Test
    void judgementsOfOtherAnswersAreNotPutBesideThese() throws IOException {
        answers(path("q1", "fire", "seen", "", "x"));
        judgements(judged("q2", true, true, 0, ""));

        assertThatThrownBy(() -> one("number=1"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("judgements.jsonl")
                .hasMessageContaining("not of one run");
    }
}
