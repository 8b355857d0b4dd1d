package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.PathTree;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TreeFile;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.SampleLicences;
import org.espalier.ssui.pool.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the verbs of datasets hand on from one to the next, as a user types them. */
class DatasetVerbsTest {
    private static final String CATEGORY = "public.self-harm-dangerous-behavior.physical-self-injury";

    @TempDir
    private Path folder;

    private final Typed espalier = new Typed();

    private static Path picture(Path file, int number) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(Color.ORANGE);
        pen.fillRect(7 * number, 5 * number, 20, 20);
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** A set of two samples whose pictures are under terms that forbid training, as an export writes one. */
    private Path forbidding() throws IOException {
        Path set = folder.resolve("set/ssui.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            ObjectNode line = Json.object()
                    .put("id", "s" + i)
                    .put("image", "images/" + i + ".png")
                    .put("query", "May I?");
            line.putArray("steps").add("It is hot.").add("Do not.");
            line.put("answer", "Do not").put("risk", "unsafe").put("category", CATEGORY);
            ObjectNode about = line.putObject("provenance").putObject("picture");
            about.put("sha256", Sha256.of(picture(set.resolveSibling("images/" + i + ".png"), i)));
            about.putObject("licence")
                    .put("name", "All rights reserved")
                    .put("url", "")
                    .put("training", "forbidden");
            about.putObject("source")
                    .put("collection", "open-images")
                    .put("key", "k" + i)
                    .put("url", "https://pictures.example/" + i)
                    .put("author", "A. Author")
                    .put("title", "A stove");
            about.putObject("safety").put("verdict", "safe").put("reason", "").put("by", "a verifier");
            lines.append(Json.line(line)).append('\n');
        }
        return Files.writeString(set, lines.toString());
    }

    private static List<SsuiSample> exported(Path data) {
        return SsuiFile.read(data.resolve("ssui.jsonl"));
    }

    private static JsonNode provenance(SsuiSample sample) {
        return sample.fields().path("provenance");
    }

    private void keepsTermsSourceAndVerdict(Path data) {
        List<SsuiSample> samples = exported(data);
        assertThat(SampleLicences.forbidding(samples)).containsEntry("All rights reserved", 2);
        JsonNode picture = provenance(samples.getFirst()).path("picture");
        assertThat(picture.at("/source/author").asString()).isEqualTo("A. Author");
        assertThat(picture.at("/source/collection").asString()).isEqualTo("open-images");
        assertThat(picture.at("/safety/by").asString()).isEqualTo("a verifier");
        assertThat(data.resolve("README.md"))
                .content()
                .contains("**2 samples may not be used for training.**")
                .contains("| All rights reserved | 2 |");
        assertThat(espalier.run("explore --data", data.resolve("ssui.jsonl"), "--model x --out y --dry-run"))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("forbid training");
    }

    @Test
    void anIntakeThatTakesNothingSaysSoByItsExitCode() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("empty")).resolve("a.png"), "no picture");
        assertThat(espalier.run("ssui intake", folder.resolve("empty"), "--out", folder.resolve("pool")))
                .isEqualTo(1);
        assertThat(espalier.out()).contains("Took 0 of 1 pictures").contains("refused.jsonl");
    }

    @Test
    void poolsAreComparedAndWhatLooksAlikeIsNamedWithTheEarlierOne() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("first", "second")) {
            // The second has the third picture of the first, and one of its own.
            for (int i = name.equals("first") ? 0 : 2; i < (name.equals("first") ? 3 : 4); i++) {
                picture(folder.resolve(name + "-pictures/" + i + ".png"), i);
            }
            espalier.done("ssui intake", folder.resolve(name + "-pictures"), "--near 0 --out", folder.resolve(name));
            new Pool(folder.resolve(name)).read().forEach(picture -> ids.add(picture.id()));
        }
        String same = ids.stream()
                .filter(id -> ids.indexOf(id) != ids.lastIndexOf(id))
                .findFirst()
                .orElseThrow();

        Path file = folder.resolve("alike.jsonl");
        espalier.done("ssui alike", folder.resolve("first"), folder.resolve("second"), "--near 0 --out", file);

        assertThat(espalier.out()).contains("Of 5 pictures in 2 pools, 1 look like an earlier one: " + file);
        JsonNode line = Json.parse(Files.readString(file));
        assertThat(line.path("pool").asString())
                .isEqualTo(folder.resolve("second").toString());
        assertThat(line.path("id").asString()).isEqualTo(same);
        assertThat(line.path("like_pool").asString())
                .isEqualTo(folder.resolve("first").toString());
        assertThat(line.path("like").asString()).isEqualTo(same);
        assertThat(espalier.run("ssui alike", folder.resolve("first"), "--near 17 --out", file))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("--near is 17: it goes from 0 to 16");
    }

    @Test
    void importAndExportKeepThePicturesTermsSourceAndVerdict() throws IOException {
        Path imported = folder.resolve("imported");
        espalier.done("ssui import", "ssui:" + forbidding(), "--out", imported);
        assertThat(imported.resolve("pool/pool.jsonl"))
                .content()
                .contains("All rights reserved")
                .contains("A. Author");

        espalier.done("ssui export", imported, "--out", folder.resolve("data"), "--unreviewed");

        keepsTermsSourceAndVerdict(folder.resolve("data"));
    }

    @Test
    void theStudiosImportAndExportKeepThemToo() throws Exception {
        Path review = folder.resolve("review");
        espalier.studio(review, Optional.of(forbidding()));

        espalier.done("ssui export", review, "--out", folder.resolve("data"), "--unreviewed");

        keepsTermsSourceAndVerdict(folder.resolve("data"));
    }

    /** Two pictures without a word of their terms in a pool, and drafts of them in a folder to export. */
    private Path own(Object... intake) throws IOException {
        for (int i = 0; i < 2; i++) {
            picture(folder.resolve("pictures/" + i + ".png"), i);
        }
        Object[] words = {"ssui intake", folder.resolve("pictures"), "--near -1 --out", folder.resolve("pool")};
        espalier.done(Stream.concat(Arrays.stream(words), Arrays.stream(intake)).toArray());
        List<PooledPicture> pictures = new Pool(folder.resolve("pool")).read();
        StringBuilder lines = new StringBuilder();
        pictures.forEach(picture -> {
            ObjectNode line = Json.object()
                    .put("id", picture.id())
                    .put("image", picture.image())
                    .put("query", "May I?");
            line.putArray("steps").add("It is hot.").add("Do not.");
            line.put("answer", "Do not").put("risk", "unsafe").put("category", CATEGORY);
            lines.append(Json.line(line)).append('\n');
        });
        return Files.writeString(folder.resolve("pool/ssui.jsonl"), lines.toString());
    }

    @Test
    void textsThatMayNotBeTrainedOnAreRefusedAndCounted() throws Exception {
        Path review = folder.resolve("review");
        Path data = folder.resolve("data");
        espalier.studio(review, Optional.of(own("--licence", "CC-BY-4.0")));

        espalier.done("ssui export", review, "--out", data, "--unreviewed --licence", List.of("evaluation only"));

        assertThat(data.resolve("README.md")).content().contains("**2 samples may not be used for training.**");
        assertThat(espalier.out()).contains("2 of them may not be trained on");
        espalier.done("ssui check", data.resolve("ssui.jsonl"));
        assertThat(espalier.out()).contains("2 may not be trained on");
        assertThat(espalier.run("explore --data", data.resolve("ssui.jsonl"), "--model x --out y --dry-run"))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("forbid training (2 evaluation only)");
    }

    @Test
    void nothingIsExportedFromAFolderThatDraftsFromElsewhereName() throws Exception {
        Path review = folder.resolve("review");
        Path data = own("--licence", "CC-BY-4.0");
        espalier.studio(review, Optional.of(data));
        for (PooledPicture picture : new Pool(folder.resolve("pool")).read()) {
            Path mine = folder.resolve("mine").resolve(picture.image());
            Files.createDirectories(mine.getParent());
            Files.copy(data.resolveSibling(picture.image()), mine);
        }
        Path record = review.resolve("run.json");
        ObjectNode changed = (ObjectNode) Json.parse(Files.readString(record));
        ((ObjectNode) changed.at("/inputs/pool")).put("path", "../mine");
        ((ObjectNode) changed.at("/inputs/data")).put("path", "../mine/notes.jsonl");
        Files.writeString(record, Json.page(changed));

        String words = "--unreviewed --splits train=1";
        assertThat(espalier.run("ssui export", review, "--out", folder.resolve("data"), words))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("is gone or has changed: name the folder of the pictures with --pool");
        espalier.done("ssui export", review, "--out", folder.resolve("data"), words, "--pool", folder.resolve("mine"));
    }

    @Test
    void parquetThatWasExportedComesBackWithWhatItsTermsSayOfTraining() throws Exception {
        Path review = folder.resolve("review");
        Path data = folder.resolve("data");
        espalier.studio(review, Optional.of(own("--licence", "CC-BY-4.0", "--training", "forbidden")));
        espalier.done("ssui export", review, "--out", data, "--unreviewed --splits train=1");

        Path again = folder.resolve("again");
        espalier.done("ssui intake", "parquet:" + data, "--near -1 --out", again);

        assertThat(new Pool(again).read())
                .hasSize(2)
                .allSatisfy(picture ->
                        assertThat(picture.licence()).isEqualTo(new Licence("CC-BY-4.0", "", Training.FORBIDDEN)));
    }

    /** A finished exploration of a set: one tree of its first sample, with a good and a bad branch. */
    private Path explored(Path data) throws IOException {
        Path run = folder.resolve("explored");
        List<String> steps = List.of("It is hot.", "Do not.");
        Continuation path = new Continuation(
                String.join("\n", steps), List.of(7, 8), List.of(-0.3, -0.2), Continuation.End.FINISHED);
        PathTree tree = new PathTree(
                "s0",
                "images/0.png",
                "May I?",
                "Do not",
                Optional.empty(),
                List.of(),
                false,
                steps,
                Optional.of(new PathTree.Trunk(OptionalInt.of(0), path, steps)),
                List.of(new PathTree.Attempt(0, path, steps, Verifier.Verdict.CORRECT)),
                List.of(
                        new Branch(0, Cut.START, 0, path, steps, Verifier.Verdict.CORRECT),
                        new Branch(0, Cut.START, 1, path, steps, Verifier.Verdict.wrong("says yes"))),
                new PathTree.Outcome(PathTree.Outcome.Kind.values()[0], ""),
                new PathTree.Origin("m", "t", "", 1, 0.5));
        try (RunFolder begun =
                RunFolder.open(run, RunPlan.of("explore").input("data", data).build())) {
            TreeFile.write(run.resolve(TreeFile.NAME), List.of(tree));
            begun.finish();
        }
        return run;
    }

    @Test
    void pairsOfDataThatMayNotBeTrainedOnAreRefusedAndElseSaySo() throws IOException {
        Path run = explored(forbidding());
        Path pairs = folder.resolve("pairs");

        assertThat(espalier.run("ssui export", run, "--pairs trl --out", pairs)).isEqualTo(2);
        assertThat(espalier.err()).contains("forbid training").contains("--allow-licence");
        assertThat(pairs).doesNotExist();
        espalier.done("ssui export", run, "--pairs trl --out", pairs, "--allow-licence");

        JsonNode line = Json.parse(Files.readString(pairs.resolve("pairs.jsonl")));
        assertThat(line.path("licence").asString()).isEqualTo("All rights reserved");
        assertThat(line.path("training").asString()).isEqualTo("forbidden");
        assertThat(line.at("/source/author").asString()).isEqualTo("A. Author");
        assertThat(pairs.resolve("README.md"))
                .content()
                .contains("| All rights reserved | 1 |")
                .contains("**1 pairs may not be used for training.**");
    }

    @Test
    void aDatasetIsCheckedByItsFolderOrByItsParquet() throws Exception {
        Path review = folder.resolve("review");
        Path data = folder.resolve("data");
        espalier.studio(review, Optional.of(own("--licence", "CC-BY-4.0")));
        espalier.done("ssui export", review, "--out", data, "--unreviewed --splits train=1");

        espalier.done("ssui check", data);
        assertThat(espalier.out()).contains("Sound: 2 samples, 2 pictures, splits 2 train, licences 2 CC-BY-4.0.");
        espalier.done("ssui check", data.resolve("train-00000-of-00001.parquet"));
        assertThat(espalier.out()).contains("Sound: 2 samples, 2 pictures, splits 2 train, licences 2 CC-BY-4.0.");
        assertThat(espalier.run("ssui check", folder.resolve("pictures"))).isEqualTo(2);
        assertThat(espalier.err()).contains("holds no ssui.jsonl");
    }

    @Test
    void recordsOfPeopleAreImportedWithoutMissingPicturesAndNotCalledTheAgents() throws IOException {
        picture(folder.resolve("mss/chat/u.png"), 1);
        Path records = Files.writeString(folder.resolve("combined.json"), """
            {"chat": [{"safe_image_path": "s.png", "unsafe_image_path": "u.png", "intent": "to run fast",
               "unsafe_image": "a cliff", "Type": "other-type", "queries": ["How do I run?"], "reason": "They fall."}],
             "embodied": []}\
            """);
        Path imported = folder.resolve("imported");
        Path data = folder.resolve("data");

        espalier.done(
                "ssui import",
                "mssbench:" + records + "=" + folder.resolve("mss"),
                "--out",
                imported,
                "--licence",
                List.of("house rules"),
                "--training forbidden");
        assertThat(espalier.out())
                .contains("Made 1 draft in")
                .contains("1 record shows a picture that is not there: " + folder.resolve("mss/chat/s.png") + ".")
                .doesNotContain("refused.jsonl");
        espalier.done("ssui export", imported, "--out", data, "--unreviewed --splits test=1");

        assertThat(SampleLicences.forbidding(exported(data))).containsEntry("house rules", 1);
        assertThat(data.resolve("README.md"))
                .content()
                .contains("| drafts of records that were imported | 1 |")
                .doesNotContain("by the agents")
                .doesNotContain("drafted by models");
    }

    private static String siuo(int... ids) {
        return Arrays.stream(ids)
                .mapToObj(id -> "{\"question_id\": " + id + ", \"image\": \"a.png\", \"question\": \"Can I?\","
                        + " \"category\": \"morality\", \"safety_warning\": \"One should not.\","
                        + " \"reference_answer\": \"Better not.\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void recordsOfOneIdAreRefusedAndAnImportThatIsRepeatedSaysWhatWasThere() throws IOException {
        Path pictures = picture(folder.resolve("siuo/a.png"), 1).getParent();
        String twice = "siuo:" + Files.writeString(folder.resolve("twice.json"), siuo(7, 8, 7)) + "=" + pictures;
        String one = "siuo:" + Files.writeString(folder.resolve("one.json"), siuo(1, 2)) + "=" + pictures;
        String other = "siuo:" + Files.writeString(folder.resolve("other.json"), siuo(2, 3)) + "=" + pictures;
        Path imported = folder.resolve("imported");

        assertThat(espalier.run("ssui import", twice, "--out", imported)).isEqualTo(2);
        assertThat(espalier.err()).contains("twice.json, record 3 has the id \"7\" of record 1");
        assertThat(espalier.run("ssui import", one, other, "--out", imported)).isEqualTo(2);
        assertThat(espalier.err()).contains("other.json, record \"siuo-2\": ").contains("one.json has one of this id");
        assertThat(imported).doesNotExist();

        espalier.done("ssui import", one, "--out", imported);
        assertThat(espalier.out()).contains("Made 2 drafts in " + imported + ".");
        espalier.done("ssui import", one, "--out", imported);
        assertThat(espalier.out()).contains("Made 0 drafts in " + imported + "; 2 were there already.");
        espalier.done("ssui import", one, "--out", imported, "--dry-run");
        assertThat(espalier.out()).contains("Would make 0 drafts in " + imported + "; 2 were there already.");
    }

    @Test
    void recordsOfWhichNoneCanBeTakenSayWhy() throws IOException {
        Path records = Files.writeString(folder.resolve("data.json"), """
            [{"instruction_id": 0, "instruction": "How?", "image_path": "imgs/0.png", "sub_category": "Theft"}]\
            """);

        assertThat(espalier.run("ssui import", "vlsbench:" + records + "=" + folder, "--out", folder.resolve("no")))
                .isEqualTo(2);

        assertThat(espalier.err()).contains("data.json can be imported: 1 record holds no path to reason along");
        assertThat(folder.resolve("no")).doesNotExist();
    }
}
