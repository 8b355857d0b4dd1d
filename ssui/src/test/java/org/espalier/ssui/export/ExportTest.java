package org.espalier.ssui.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.picture.PictureLimits;
import org.espalier.ssui.Pictures;
import org.espalier.ssui.check.CheckSettings;
import org.espalier.ssui.check.DataCheck;
import org.espalier.ssui.intake.FolderList;
import org.espalier.ssui.intake.Intake;
import org.espalier.ssui.intake.IntakeSettings;
import org.espalier.ssui.internal.parquet.DuckDatabase;
import org.espalier.ssui.pool.Licences;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.SafetyCheck;
import org.espalier.ssui.review.Criterion;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.DraftText;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Opinion;
import org.espalier.ssui.review.Reason;
import org.espalier.ssui.review.ReviewVerdict;
import org.espalier.ssui.review.Reviewed;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ExportTest {
    private static final Taxonomy TAXONOMY = Taxonomy.composed();
    private static final String CATEGORY = TAXONOMY.tertiary().getFirst().id();

    @TempDir
    Path folder;

    private Pool pool;
    private Store store;
    private Drafts drafts;

    @BeforeEach
    void build() throws IOException {
        for (int i = 0; i < 20; i++) {
            Pictures.write(folder.resolve("pictures/p" + i + ".png"), i);
        }
        // Looks like p0 and is kept all the same, so that the splits have something to keep together.
        Pictures.write(folder.resolve("pictures/q.png"), Pictures.scaled(Pictures.drawn(0, 96, 72), 192, 144));
        pool = new Pool(folder.resolve("pool"));
        IntakeSettings settings =
                new IntakeSettings(IntakeSettings.ALL, 100, 1, -1, PictureLimits.DEFAULT, Licences.of("CC BY 4.0", ""));
        new Intake(List.of(new FolderList(folder.resolve("pictures"), "kitchen")), settings, SafetyCheck.NONE)
                .run(pool, Progress.SILENT);
        store = Store.inFolder(folder, List.of(Drafts.MIGRATIONS));
        drafts = new Drafts(store);
        drafts.putAll(pool.read().stream().map(ExportTest::draft).toList());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatItWritesIsWhatExploreReads() {
        Path out = folder.resolve("out");

        ExportSummary summary = export("train=0.5,test=0.5", true, true, out);

        List<SsuiSample> all = SsuiFile.read(out.resolve(Export.NAME));
        assertThat(all).hasSize(21).hasSize(summary.samples());
        assertThat(all.getFirst().question().query()).isEqualTo("May I?");
        assertThat(SsuiFile.read(out.resolve("ssui-train.jsonl")).size()
                        + SsuiFile.read(out.resolve("ssui-test.jsonl")).size())
                .isEqualTo(21);
        assertThat(new DataCheck(List.of(out.resolve(Export.NAME)), new CheckSettings(Optional.of(TAXONOMY), 6, 20))
                        .run(Progress.SILENT)
                        .faults())
                .isEmpty();
    }

    @Test
    void onlyAcceptedDraftsGoOutUnlessToldOtherwiseAndAsPeopleLeftThem() {
        String id = pool.read().getFirst().id();
        drafts.save(
                id,
                0,
                "ann",
                new DraftText("Shall I?", List.of("Wait.", "Do not."), "Do not", Risk.UNSAFE, CATEGORY),
                Optional.empty(),
                Optional.empty());
        drafts.decide(id, 1, "ann", Opinion.of(ReviewVerdict.ACCEPTED));
        Path out = folder.resolve("out");

        ExportSummary summary = export("train=1", false, true, out);

        assertThat(summary.samples()).isEqualTo(1);
        assertThat(summary.revised()).isEqualTo(1);
        SsuiSample sample = SsuiFile.read(out.resolve(Export.NAME)).getFirst();
        assertThat(sample.question().query()).isEqualTo("Shall I?");
        JsonNode provenance = sample.fields().path("provenance");
        assertThat(provenance.at("/fields/query/person").asString()).isEqualTo("ann");
        assertThat(provenance.at("/fields/answer/agent").asString()).isEqualTo("reasoning");
        assertThat(provenance.at("/fields/answer/model").asString()).isEqualTo("m");
        assertThat(provenance.at("/fields/answer/response").asString()).isEqualTo("r1");
        assertThat(provenance.at("/review/decisions/0/person").asString()).isEqualTo("ann");
        assertThat(provenance.at("/picture/licence/name").asString()).isEqualTo("CC-BY-4.0");
        assertThat(provenance.at("/picture/source/collection").asString()).isEqualTo("kitchen");
    }

    @Test
    void whatPeopleChangedAndWhyTheyDecidedGoesOut() {
        String id = pool.read().getFirst().id();
        List<String> steps = List.of("It is hot.", "Do not.");
        drafts.save(
                id,
                0,
                "ann",
                new DraftText("Shall I?", steps, "Do not", Risk.UNSAFE, CATEGORY),
                Optional.empty(),
                Optional.empty());
        drafts.save(
                id,
                1,
                "ann",
                new DraftText("Oops?", steps, "Do not", Risk.UNSAFE, CATEGORY),
                Optional.empty(),
                Optional.empty());
        drafts.undo(id, 2, "ann");
        drafts.decide(
                id,
                3,
                "bob",
                new Opinion(
                        ReviewVerdict.REJECTED,
                        List.of(Reason.TOO_EASY),
                        Map.of(Criterion.DIFFICULTY, 2),
                        "Too plain."));
        drafts.decide(id, 4, "ann", Opinion.of(ReviewVerdict.ACCEPTED));
        drafts.decide(id, 5, "cid", new Opinion(ReviewVerdict.ACCEPTED, List.of(), Map.of(Criterion.INTEGRITY, 5), ""));
        Path out = folder.resolve("out");

        export("train=1", false, true, out);

        SsuiSample sample = SsuiFile.read(out.resolve(Export.NAME)).getFirst();
        JsonNode history = sample.fields().at("/tag/history");
        assertThat(history.at("/0/agent").asString()).isEqualTo("reasoning");
        assertThat(history.at("/1/person").asString()).isEqualTo("ann");
        assertThat(history.at("/1/changes/0/before").asString()).isEqualTo("May I?");
        assertThat(history.at("/1/changes/0/after").asString()).isEqualTo("Shall I?");
        assertThat(history.at("/2/undone").asBoolean()).isTrue();
        assertThat(history.at("/3/undoes").asInt()).isEqualTo(2);
        assertThat(history.size()).isEqualTo(4);
        JsonNode decisions = sample.fields().at("/provenance/review/decisions");
        assertThat(decisions.at("/0/reasons/0").asString()).isEqualTo("too-easy");
        assertThat(decisions.at("/0/ratings/difficulty").asInt()).isEqualTo(2);
        assertThat(decisions.at("/0/note").asString()).isEqualTo("Too plain.");
        assertThat(decisions.at("/2/ratings/integrity").asInt()).isEqualTo(5);
        assertThat(sample.fields().at("/provenance/fields/query/person").asString())
                .isEqualTo("ann");
        assertThat(drafts.current(id)
                        .map(Reviewed::original)
                        .orElseThrow()
                        .tag()
                        .path("history")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whatPeopleSayOfThePictureAloneGoesOutForAllThatShowIt() throws IOException {
        PooledPicture picture = pool.read().getFirst();
        Draft draft = draft(picture);
        drafts.putAll(List.of(new Draft(
                "twin",
                picture.image(),
                draft.query(),
                draft.steps(),
                draft.answer(),
                Risk.SAFE,
                CATEGORY,
                Json.object(),
                Json.object())));
        Opinion accepted = Opinion.of(ReviewVerdict.ACCEPTED);
        drafts.decide("twin", 0, "bob", accepted);
        drafts.save(picture.id(), 0, "ann", draft.wording(), Optional.of(true), Optional.of(accepted));
        Path out = folder.resolve("out");

        ExportSummary summary = export("train=1", false, true, out);

        assertThat(summary.unverified()).isZero();
        assertThat(SsuiFile.read(out.resolve(Export.NAME))).hasSize(2).allSatisfy(sample -> {
            JsonNode safety = sample.fields().at("/provenance/picture/safety");
            assertThat(safety.path("verdict").asString()).isEqualTo("safe");
            assertThat(safety.path("by").asString()).isEqualTo("ann");
        });
        assertThat(out.resolve("README.md")).content().doesNotContain("nobody has verified");

        accept(pool.read().get(1).id());
        drafts.save(
                "twin",
                1,
                "cid",
                drafts.current("twin").orElseThrow().current().wording(),
                Optional.of(false),
                Optional.empty());
        ExportSummary without = export("train=1", false, true, out);
        assertThat(without.harmful()).as("both that show it stay behind").isEqualTo(2);
        assertThat(without.samples()).isEqualTo(1);
        assertThat(out.resolve("README.md"))
                .content()
                .contains("2 samples were left out: of 2 somebody found the picture not to be harmless by itself");
    }

    private void accept(String id) {
        drafts.decide(id, 0, "ann", Opinion.of(ReviewVerdict.ACCEPTED));
    }

    @Test
    void whatContradictsItselfStaysBehindAndIsCounted() {
        PooledPicture one = pool.read().getFirst();
        Draft draft = draft(one);
        drafts.putAll(List.of(new Draft(
                "loose",
                one.image(),
                draft.query(),
                draft.steps(),
                "something else",
                Risk.UNSAFE,
                CATEGORY,
                Json.object(),
                Json.object())));
        accept(one.id());

        ExportSummary summary = export("train=1", true, true, folder.resolve("out"));

        assertThat(summary.unanswered()).isEqualTo(1);
        assertThat(SsuiFile.read(folder.resolve("out").resolve(Export.NAME)))
                .isNotEmpty()
                .noneMatch(sample -> sample.id().equals("loose"));
    }

    @Test
    void picturesThatLookAlikeAreInOneSplitWhateverTheSeed() {
        String one = picture("p0.png");
        String other = picture("q.png");
        for (int seed = 0; seed < 5; seed++) {
            Path out = folder.resolve("out" + seed);
            new Export(settings("train=0.5,test=0.5", seed, true, true))
                    .write(drafts, pool.folder(), new ExportFunnel(List.of()), out, Progress.SILENT);
            Map<String, String> splits = SsuiFile.read(out.resolve(Export.NAME)).stream()
                    .collect(Collectors.toMap(
                            SsuiSample::id,
                            sample -> sample.fields().path("split").asString()));
            assertThat(splits.get(one)).isEqualTo(splits.get(other));
            assertThat(splits).containsValues("train", "test");
        }
    }

    @Test
    void parquetHoldsTheSameSamplesAndThePicturesBytes() throws SQLException, IOException {
        Path out = folder.resolve("out");
        export("train=1", true, true, out);

        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement();
                ResultSet rows = sql.executeQuery("SELECT id, image.bytes, image.path, array_to_string(steps, '|'),"
                        + " licence, provenance FROM read_parquet("
                        + DuckDatabase.quoted(out.resolve("train-00000-of-00001.parquet")) + ")")) {
            int count = 0;
            for (SsuiSample sample : SsuiFile.read(out.resolve(Export.NAME))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(sample.id());
                assertThat(Sha256.of(rows.getBytes(2)))
                        .isEqualTo(Sha256.of(sample.question().image()));
                assertThat(rows.getString(3)).isEqualTo(sample.image());
                assertThat(rows.getString(4)).isEqualTo("It is hot.|Do not.");
                assertThat(rows.getString(5)).isEqualTo("CC-BY-4.0");
                assertThat(Json.parse(rows.getString(6)))
                        .isEqualTo(sample.fields().path("provenance"));
                count++;
            }
            assertThat(count).isEqualTo(21);
        }
        assertThat(metadata(out.resolve("train-00000-of-00001.parquet"))).contains("\"image\":{\"_type\":\"Image\"}");
    }

    @Test
    void writingAgainGivesTheSameBytesAndDropsWhatIsGone() throws IOException {
        Path once = folder.resolve("once");
        Path twice = folder.resolve("twice");
        export("train=0.5,test=0.5", true, true, once);
        export("one=0.5,two=0.5", true, true, twice);
        Files.writeString(twice.resolve("notes.txt"), "mine");
        export("train=0.5,test=0.5", true, true, twice);

        Map<String, String> content = content(twice);
        assertThat(content.remove("notes.txt")).isNotNull();
        assertThat(content).isEqualTo(content(once)).containsKeys("README.md", "taxonomy.svg", "export.json");
    }

    @Test
    void theCardSaysWhatTheDatasetIs() throws IOException {
        Path out = folder.resolve("out");
        ExportFunnel funnel = new ExportFunnel(List.of(new ExportFunnel.Stage("pictures in the pool", 21)));
        new Export(settings("train=0.5,test=0.5", 1, true, false))
                .write(drafts, pool.folder(), funnel, out, Progress.SILENT);

        String card = Files.readString(out.resolve("README.md"));
        assertThat(card)
                .startsWith("---\n")
                .contains("license: cc-by-4.0")
                .contains("  - split: test\n    path: test-*.parquet")
                .contains("| pictures in the pool | 21 |")
                .contains("| CC-BY-4.0 | 21 |")
                .contains("taxonomy.svg")
                .contains("21 samples have not been reviewed");
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path out = folder.resolve("out");
        export("train=1", true, false, out);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesAFolderOfSomebodyElseAndAnEmptyDataset() throws IOException {
        Path strange = folder.resolve("strange");
        Files.createDirectories(strange);
        Files.writeString(strange.resolve("thesis.txt"), "");

        assertThatThrownBy(() -> export("train=1", true, true, strange))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> export("train=1", false, true, folder.resolve("out")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--unreviewed");
        assertThatThrownBy(() -> Splits.of("train=0.9,train=0.1", 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Splits.of("train=x", 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Splits.of("../up=1", 1)).isInstanceOf(InputException.class);
    }

    private ExportSummary export(String splits, boolean unreviewed, boolean embedded, Path out) {
        return new Export(settings(splits, 1, unreviewed, embedded))
                .write(drafts, pool.folder(), new ExportFunnel(List.of()), out, Progress.SILENT);
    }

    private static ExportSettings settings(String splits, long seed, boolean unreviewed, boolean embedded) {
        return new ExportSettings(
                "Kitchen", unreviewed, embedded, Splits.of(splits, seed), 6, Licences.of("CC BY 4.0", ""), TAXONOMY);
    }

    private String picture(String key) {
        return pool.read().stream()
                .filter(picture -> picture.source().key().equals(key))
                .map(PooledPicture::id)
                .findFirst()
                .orElseThrow();
    }

    private static Draft draft(PooledPicture picture) {
        ObjectNode tag = Json.object();
        ObjectNode entry = tag.putArray("history").addObject();
        entry.put("agent", "reasoning").put("model", "m").put("prompt", "p").put("response", "r1");
        entry.putArray("changes").addObject().put("field", "answer").put("after", "Do not");
        return new Draft(
                picture.id(),
                picture.image(),
                "May I?",
                List.of("It is hot.", "Do not."),
                "Do not",
                Risk.UNSAFE,
                CATEGORY,
                tag,
                Json.object().put("build", "a test"));
    }

    private static String metadata(Path file) throws SQLException {
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement();
                ResultSet rows = sql.executeQuery("SELECT decode(value) FROM parquet_kv_metadata("
                        + DuckDatabase.quoted(file) + ") WHERE decode(key) = 'huggingface'")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Map<String, String> content(Path out) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(out.relativize(file).toString(), Sha256.of(file));
            }
        }
        return content;
    }
}
