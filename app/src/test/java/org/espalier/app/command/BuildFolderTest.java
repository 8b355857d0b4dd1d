package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What later verbs find in the folder of a build, wherever it is and wherever they are typed. */
class BuildFolderTest {
    private static final int PICTURES = 12;

    @TempDir
    private Path folder;

    private final Typed espalier = new Typed();

    @BeforeEach
    void build() throws IOException {
        espalier.done("greenhouse world --pictures", PICTURES, "--out", folder.resolve("all/garden"));
        espalier.done("ssui intake", folder.resolve("all/garden/images"), "--out", folder.resolve("all/pool"));
        build("build");
    }

    private void build(String name, Object... more) throws IOException {
        Path garden = folder.resolve("all/garden");
        ServeSettings settings = new ServeSettings(0, Duration.ZERO, 100, Faults.NONE, Optional.empty());
        try (PlayedServer server = PlayedServer.start(settings, WorldFile.load())) {
            Path endpoints = Files.writeString(
                    folder.resolve("all/endpoints.yaml"),
                    "endpoints: {played: {base-url: '" + server.base() + "', model: greenhouse}}");
            espalier.done(
                    "ssui build --pool",
                    folder.resolve("all/pool"),
                    "--endpoints",
                    endpoints,
                    "--taxonomy",
                    garden.resolve("taxonomy.json"),
                    "--out",
                    folder.resolve("all").resolve(name),
                    List.of(more));
        }
    }

    private int export(String data, Object... more) {
        return espalier.run(
                "ssui export",
                folder.resolve("all/build"),
                "--out",
                folder.resolve(data),
                "--unreviewed",
                List.of(more));
    }

    private ObjectNode record() throws IOException {
        return (ObjectNode) Json.parse(Files.readString(folder.resolve("all/build/run.json")));
    }

    private void record(ObjectNode record) throws IOException {
        Files.writeString(folder.resolve("all/build/run.json"), Json.page(record));
    }

    @Test
    void aBuildItsPoolAndItsTaxonomyMayBeMovedTogether() throws IOException {
        assertThat(record().path("inputs").toString()).doesNotContain(folder.toString());
        Path moved = Files.move(folder.resolve("all"), folder.resolve("moved"));

        espalier.done("ssui export", moved.resolve("build"), "--out", folder.resolve("data"), "--unreviewed");

        assertThat(folder.resolve("data/README.md")).content().doesNotContain("not in the taxonomy");
        assertThat(espalier.out()).doesNotContain("no category");
    }

    @Test
    void aTaxonomyThatIsNoLongerThereIsAskedForAndStrangeCategoriesAreCounted() throws IOException {
        Files.delete(folder.resolve("all/garden/taxonomy.json"));
        assertThat(export("data")).isEqualTo(2);
        assertThat(espalier.err())
                .contains("taxonomy.json")
                .contains("--taxonomy")
                .doesNotContain("Exception");

        ObjectNode record = record();
        record.withObject("inputs").remove("taxonomy");
        record(record);
        assertThat(export("data")).as(espalier.err()).isZero();
        assertThat(espalier.out()).containsPattern("  \\d+ of them are in no category of this taxonomy");
    }

    @Test
    void aDatasetGoesIntoAFolderAndComesOutOfOne() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertThat(export("file", "--dry-run")).isEqualTo(2);
        assertThat(export("file")).isEqualTo(2);
        assertThat(espalier.err().lines())
                .hasSize(2)
                .allMatch(line -> line.contains(folder.resolve("file") + " is a file: name a folder"));

        assertThat(espalier.run("ssui export", folder.resolve("nothere"), "--out", folder.resolve("data")))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("there is no folder " + folder.resolve("nothere"));
    }

    @Test
    void aBuildWhoseDraftsAreElsewhereSaysHowTheyAreOpened() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            Path shared = folder.resolve("all/shared");
            build("shared", "--store", url);
            String opens = " " + shared + " --store \"" + url + "\"";
            assertThat(espalier.out())
                    .contains("'espalier studio" + opens + "', or export them with 'espalier ssui export" + opens);

            assertThat(espalier.run("studio", shared, "--dry-run")).isEqualTo(2);
            assertThat(espalier.err()).contains(shared + " is a build whose drafts are in another store");
            espalier.done("studio", shared, "--dry-run --store", url);
            assertThat(espalier.out()).contains("Would open " + shared + " to revise.");
            espalier.done("studio", folder.resolve("all"), "--dry-run");
            assertThat(espalier.out()).contains("The drafts of " + shared + " are in another store");
        }
    }
}
