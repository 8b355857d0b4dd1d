package org.espalier.ssui.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Sha256;
import org.espalier.picture.PictureLimits;
import org.espalier.ssui.Pictures;
import org.espalier.ssui.internal.parquet.DuckDatabase;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.SafetyCheck;
import org.espalier.ssui.pool.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    private static final String HEADER =
            "ImageID,Subset,OriginalURL,OriginalLandingURL,License,AuthorProfileURL,Author,"
                    + "Title,OriginalSize,OriginalMD5,Thumbnail300KURL,Rotation\n";

    @TempDir
    Path folder;

    @Test
    void openImagesKeepsLicenceAuthorAndLink() throws IOException {
        Pictures.write(folder.resolve("images/train/000a1249af2bc5f0.jpg"), 1);
        Pictures.write(folder.resolve("images/00075905539074f2.jpg"), 2);
        Path csv = Files.writeString(
                folder.resolve("metadata.csv"),
                HEADER
                        + row("000a1249af2bc5f0", "train", "\"Ann \"\"A\"\" B, photographer\"")
                        + row("00075905539074f2", "validation", "Bea")
                        + row("ffffffffffffffff", "train", "whose picture was not fetched"));

        List<PooledPicture> pool = pool("open-images:" + csv + "=" + folder.resolve("images"));

        assertThat(pool).hasSize(2);
        PooledPicture ann = pool.stream()
                .filter(picture -> picture.source().key().startsWith("000a"))
                .findFirst()
                .orElseThrow();
        assertThat(ann.source().author()).isEqualTo("Ann \"A\" B, photographer");
        assertThat(ann.source().url()).isEqualTo("https://example.org/landing/000a1249af2bc5f0");
        assertThat(ann.licence())
                .isEqualTo(new Licence("CC-BY-2.0", "https://creativecommons.org/licenses/by/2.0/", Training.ALLOWED));
    }

    @Test
    void metadataOfManyRowsIsReadWithProgressAndLittleKept() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        for (int i = 0; i < 3; i++) {
            Pictures.write(images.resolve("%016x.jpg".formatted(i * 100_000L)), i);
        }
        Path csv = folder.resolve("metadata.csv");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
            out.print(HEADER);
            for (int i = 0; i < 300_000; i++) {
                out.print(row("%016x".formatted(i), "train", "Ann"));
            }
        }
        CandidateDraw draw = new CandidateDraw(1, 2);
        long[] reports = {0};

        new OpenImagesList(csv, images).tell(draw, (name, done, total, note) -> {
            assertThat(done).isLessThanOrEqualTo(total);
            reports[0]++;
        });

        assertThat(draw.rows()).isEqualTo(300_000);
        assertThat(draw.present()).isEqualTo(3);
        assertThat(draw.kept()).hasSize(2);
        assertThat(reports[0]).isBetween(3L, 10L);
    }

    @Test
    void picturesThatAreNotThereAreNotCountedAsTooMany() throws IOException {
        Pictures.write(folder.resolve("images/0001.jpg"), 1);
        Path csv = Files.writeString(folder.resolve("metadata.csv"), "ImageID\n0001\n0002\n0003\n0004\n0005\n");
        Path coco = Files.writeString(
                folder.resolve("coco.json"),
                "{\"images\": [{\"id\": 1, \"file_name\": \"0001.jpg\"}, {\"id\": 2, \"file_name\": \"0002.jpg\"},"
                        + " {\"id\": 3, \"file_name\": \"0003.jpg\"}]}");
        IntakeSettings two = new IntakeSettings(IntakeSettings.ALL, 2, 1, -1, PictureLimits.DEFAULT, Licence.UNKNOWN);
        for (PictureList list : List.of(
                new OpenImagesList(csv, folder.resolve("images")), new CocoList(coco, folder.resolve("images")))) {
            Pool pool = new Pool(folder.resolve("pool of " + list.title().substring(0, 4)));

            IntakeSummary summary = new Intake(List.of(list), two, SafetyCheck.NONE).run(pool, Progress.SILENT);

            assertThat(summary.present()).isEqualTo(1);
            assertThat(summary.rows()).isGreaterThan(2);
            assertThat(IntakeSummary.read(pool)).isEqualTo(summary);
        }
        assertThatThrownBy(() -> new Intake(
                                List.of(new OpenImagesList(csv, Files.createDirectories(folder.resolve("none")))),
                                two,
                                SafetyCheck.NONE)
                        .run(new Pool(folder.resolve("empty")), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("of the 5 pictures that Open Images")
                .hasMessageEndingWith("none is in the folder of pictures");
    }

    @Test
    void egoshotsKnowsWhereItComesFromAndThatNoLicenceIsStated() throws IOException {
        Pictures.write(folder.resolve("ego/BestHighlights/b1.jpg"), 1);

        PooledPicture picture = pool("egoshots:" + folder.resolve("ego")).getFirst();

        assertThat(picture.source())
                .isEqualTo(new PictureSource(
                        "egoshots",
                        "BestHighlights/b1.jpg",
                        "https://github.com/NataliaDiaz/Egoshots",
                        "Natalia Díaz Rodríguez and Vana Panagiotou",
                        ""));
        assertThat(picture.licence())
                .isEqualTo(new Licence("none stated", "https://github.com/NataliaDiaz/Egoshots", Training.UNSTATED));
    }

    @Test
    void whoHasALicenceForEgoshotsSaysSo() throws IOException {
        Pictures.write(folder.resolve("ego/b1.jpg"), 1);
        Licence given = new Licence("by letter", "", Training.ALLOWED);
        Pool pool = new Pool(folder.resolve("pool"));

        new Intake(
                        List.of(FolderList.egoshots(folder.resolve("ego"))),
                        new IntakeSettings(IntakeSettings.ALL, 10, 1, -1, PictureLimits.DEFAULT, given),
                        SafetyCheck.NONE)
                .run(pool, Progress.SILENT);

        assertThat(pool.read().getFirst().licence()).isEqualTo(given);
    }

    @Test
    void aBadRowIsNamedByItsLine() throws IOException {
        Path csv = Files.writeString(folder.resolve("metadata.csv"), HEADER + "0001,train\n");
        Path other = Files.writeString(folder.resolve("other.csv"), "name\nx\n");

        assertThatThrownBy(() -> new OpenImagesList(csv, folder).tell(new CandidateDraw(1, 9), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("metadata.csv, line 2: has 2 fields where the header has 12");
        assertThatThrownBy(() -> new OpenImagesList(other, folder).tell(new CandidateDraw(1, 9), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ImageID");
    }

    @Test
    void cocoFindsLicencesThatStandBehindTheImages() throws IOException {
        Pictures.write(folder.resolve("val2017/000000000139.jpg"), 1);
        Path json = Files.writeString(folder.resolve("instances.json"), """
            {"info": {"year": 2017},
             "annotations": [{"id": 1, "image_id": 139, "bbox": [1, 2, 3, 4], "segmentation": [[1.5, 2]]}],
             "images": [
              {"id": 139, "file_name": "000000000139.jpg", "width": 96, "height": 72, "license": 4,
               "coco_url": "http://example.org/139.jpg", "flickr_url": "http://example.org/f139"},
              {"id": 140, "file_name": "../secret.jpg", "license": 4},
              {"id": 285, "file_name": "000000000285.jpg", "license": 1}],
             "licenses": [{"id": 4, "name": "Attribution License", "url": "http://creativecommons.org/licenses/by/2.0/"},
              {"id": 1, "name": "NC", "url": "http://creativecommons.org/licenses/by-nc-sa/2.0/"}]}\
            """);

        List<PooledPicture> pool = pool("coco:" + json + "=" + folder.resolve("val2017"));

        assertThat(pool).hasSize(1);
        assertThat(pool.getFirst().licence().name()).isEqualTo("CC-BY-2.0");
        assertThat(pool.getFirst().source().key()).isEqualTo("139");
        assertThat(pool.getFirst().source().url()).isEqualTo("http://example.org/f139");
    }

    @Test
    void damagedCocoIsNamedByItsLine() throws IOException {
        Path json = Files.writeString(folder.resolve("instances.json"), "{\"images\": [\n{\"id\": 1,]}");

        assertThatThrownBy(() -> pool("coco:" + json))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("instances.json, line 2");
    }

    @Test
    void parquetIsUnpackedWithWhatItsColumnsSay() throws IOException, SQLException {
        Path one = Pictures.write(folder.resolve("one.png"), 1);
        Path two = Pictures.write(folder.resolve("two.jpg"), 2);
        Path file = folder.resolve("set.parquet");
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            sql.execute("CREATE TABLE t AS SELECT {'bytes': content, 'path': 'p.png'} AS image,"
                    + " 'CC BY-SA 4.0' AS license, 'Ann' AS author FROM read_blob([" + DuckDatabase.quoted(one) + ", "
                    + DuckDatabase.quoted(two) + "]) UNION ALL SELECT {'bytes': NULL, 'path': 'beside.png'}, '', ''");
            sql.execute("COPY t TO " + DuckDatabase.quoted(file) + " (FORMAT parquet)");
        }
        Path beside = Pictures.write(folder.resolve("beside.png"), 3);

        List<PooledPicture> pool = pool(file.toString());

        assertThat(pool)
                .extracting(PooledPicture::sha256)
                .containsExactlyInAnyOrder(Sha256.of(one), Sha256.of(two), Sha256.of(beside));
        assertThat(pool)
                .filteredOn(picture -> picture.sha256().equals(Sha256.of(two)))
                .allSatisfy(picture -> {
                    assertThat(picture.format()).isEqualTo("jpeg");
                    assertThat(picture.licence().name()).isEqualTo("CC-BY-SA-4.0");
                    assertThat(picture.source().author()).isEqualTo("Ann");
                });
    }

    @Test
    void whatIsNoSourceIsRefusedInASentence() throws IOException {
        Path text = Files.writeString(folder.resolve("a.parquet"), "not Parquet");

        assertThatThrownBy(() -> SourceWords.of("flickr:x", Set.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("open-images:METADATA.csv=FOLDER");
        assertThatThrownBy(() -> SourceWords.of("coco:" + folder.resolve("none.json"), Set.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> pool(text.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.parquet cannot be read as Parquet");
    }

    @Test
    void noPictureIsTakenThroughALinkThatLeadsOutOfItsFolder() throws IOException {
        Path secret = Pictures.write(folder.resolve("elsewhere/private.jpg"), 1);
        Path images = Files.createDirectories(folder.resolve("images"));
        Pictures.write(images.resolve("000a1249af2bc5f0.jpg"), 2);
        Files.createSymbolicLink(images.resolve("inner.jpg"), images.resolve("000a1249af2bc5f0.jpg"));
        Files.createSymbolicLink(images.resolve("00075905539074f2.jpg"), secret);
        Files.createSymbolicLink(images.resolve("train"), secret.getParent());
        Path csv = Files.writeString(
                folder.resolve("metadata.csv"),
                HEADER
                        + row("000a1249af2bc5f0", "train", "Ann")
                        + row("00075905539074f2", "train", "Bea")
                        + row("private", "train", "Cid"));

        assertThat(pool("open-images:" + csv + "=" + images)).hasSize(1);
        Files.move(folder.resolve("pool"), folder.resolve("first-pool"));
        assertThat(pool(images.toString()))
                .singleElement()
                .satisfies(picture -> assertThat(picture.source().key()).isIn("000a1249af2bc5f0.jpg", "inner.jpg"));
    }

    private List<PooledPicture> pool(String source) {
        IntakeSettings settings =
                new IntakeSettings(IntakeSettings.ALL, 100, 1, 6, PictureLimits.DEFAULT, Licence.UNKNOWN);
        Pool pool = new Pool(folder.resolve("pool"));
        new Intake(List.of(SourceWords.of(source, Set.of()).pictures()), settings, SafetyCheck.NONE)
                .run(pool, Progress.SILENT);
        return pool.read();
    }

    private static String row(String id, String subset, String author) {
        return id + "," + subset + ",https://example.org/" + id + ".jpg,https://example.org/landing/" + id
                + ",https://creativecommons.org/licenses/by/2.0/,https://example.org/people/1," + author
                + ",A title,12345,abc==,https://example.org/t,0.0\n";
    }
}
