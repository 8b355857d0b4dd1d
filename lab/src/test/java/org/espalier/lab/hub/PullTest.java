package org.espalier.lab.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Sha256;
import org.espalier.hub.HubCache;
import org.espalier.hub.Pull;
import org.espalier.hub.PullPlan;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RemoteFile;
import org.espalier.hub.repository.RepositoryName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
    @TempDir
    Path folder;

    private Path cache;
    private Path model;
    private byte[] weights;

    @BeforeEach
    void aHubWithAModel() throws IOException {
        cache = folder.resolve("cache");
        model = folder.resolve("hub/some/model");
        weights = new byte[3_000_000];
        new SplittableRandom(1).nextBytes(weights);
        Files.createDirectories(model.resolve("onnx"));
        Files.write(model.resolve("model.safetensors"), weights);
        Files.writeString(model.resolve("config.json"), "{}");
        Files.writeString(model.resolve("LICENSE"), "free");
        Files.writeString(model.resolve("empty.txt"), "");
        Files.writeString(model.resolve("pytorch_model.bin"), "a pickle");
        Files.writeString(model.resolve("onnx/config.json"), "{}");
    }

    private FolderHub hub(int breaks) {
        return FolderHub.start(folder.resolve("hub"), 0, Optional.of("hf_secret"), breaks);
    }

    private HubPlace place(URI address, String... more) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of(
                "HF_ENDPOINT",
                address.toString(),
                "HF_HUB_CACHE",
                cache.toString(),
                "HF_TOKEN_PATH",
                folder + "/none"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return HubPlace.of(environment);
    }

    private static HubReference model(String word) {
        return HubReference.parse(RepositoryName.Kind.MODEL, word);
    }

    private Pull pull(FolderHub hub, String... include) {
        return new Pull(model("some/model"), place(hub.address()), List.of(include));
    }

    @Test
    void whatEspalierReadsLiesInTheStandardLayoutAfterwards() throws IOException {
        try (FolderHub hub = hub(0)) {
            PullPlan plan = pull(hub).plan();
            assertThat(cache).doesNotExist();
            assertThat(plan.files())
                    .extracting(RemoteFile::path)
                    .containsExactly("LICENSE", "config.json", "empty.txt", "model.safetensors");
            assertThat(plan.leftOut())
                    .extracting(RemoteFile::path)
                    .containsExactly("onnx/config.json", "pytorch_model.bin");
            assertThat(plan.bytes()).isEqualTo(3_000_006);

            Path found = pull(hub).run(Progress.SILENT).folder();
            Path repository = cache.resolve("models--some--model");
            assertThat(found).isEqualTo(repository.resolve("snapshots").resolve(plan.commit()));
            assertThat(repository.resolve("refs/main")).hasContent(plan.commit());
            assertThat(found.resolve("model.safetensors")).isSymbolicLink().hasBinaryContent(weights);
            assertThat(Files.readSymbolicLink(found.resolve("model.safetensors")))
                    .isEqualTo(Path.of("../../blobs", Sha256.of(weights)));
            // Git's own name of "{}" without a line end.
            assertThat(repository.resolve("blobs/9e26dfeeb6e641a33dae4961196235bdb965b21b"))
                    .hasContent("{}");
            assertThat(new HubCache(cache).find(model("some/model"))).contains(found);
            assertThat(new HubCache(cache).find(model("some/model@" + plan.commit())))
                    .contains(found);
            assertThat(pull(hub).run(Progress.SILENT).fetched()).isZero();
        }
    }

    @Test
    void patternsChooseOtherFiles() {
        try (FolderHub hub = hub(0)) {
            assertThat(pull(hub, "onnx/*", "*.bin").plan().files())
                    .extracting(RemoteFile::path)
                    .containsExactly("onnx/config.json", "pytorch_model.bin");
            assertThatThrownBy(() -> pull(hub, "*.gguf").plan())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("some/model holds no file called *.gguf, but 6 others");
        }
    }

    @Test
    void allFilesOfADataSetAreFetchedIntoFoldersOfTheirOwn() throws IOException {
        Files.createDirectories(folder.resolve("hub/datasets/some/data/images"));
        Files.writeString(folder.resolve("hub/datasets/some/data/ssui.jsonl"), "{}\n");
        Files.writeString(folder.resolve("hub/datasets/some/data/images/1.jpg"), "picture");
        try (FolderHub hub = hub(0)) {
            HubReference data = HubReference.parse(RepositoryName.Kind.DATASET, "some/data");
            Path found = new Pull(data, place(hub.address()), List.of())
                    .run(Progress.SILENT)
                    .folder();
            assertThat(found.resolve("images/1.jpg")).isSymbolicLink().hasContent("picture");
            assertThat(Files.readSymbolicLink(found.resolve("images/1.jpg")).toString())
                    .startsWith("../../../blobs/");
        }
    }

    @Test
    void aDownloadThatBreaksOffIsGoneOnWith() throws IOException {
        try (FolderHub hub = hub(2)) {
            Path found = pull(hub).run(Progress.SILENT).folder();
            assertThat(found.resolve("model.safetensors")).hasBinaryContent(weights);
        }
    }

    @Test
    void whatAnEarlierFetchBeganIsKeptAndWhatWasBegunWrongIsNot() throws IOException {
        Path blobs = Files.createDirectories(cache.resolve("models--some--model/blobs"));
        Path begun = blobs.resolve(Sha256.of(weights) + ".incomplete");
        Files.write(begun, java.util.Arrays.copyOf(weights, 1_000_000));
        try (FolderHub hub = hub(0)) {
            PullPlan plan = pull(hub).plan();
            assertThat(plan.here()).isEqualTo(1_000_000);
            assertThat(pull(hub).run(Progress.SILENT).fetched()).isEqualTo(2_000_006);
            Path blob = blobs.resolve(Sha256.of(weights));
            assertThat(blob).hasBinaryContent(weights);

            Files.delete(blob);
            Files.write(begun, new byte[2_000_000]);
            pull(hub).run(Progress.SILENT);
            assertThat(blob).hasBinaryContent(weights);

            Files.delete(blob);
            Files.write(begun, new byte[4_000_000]);
            pull(hub).run(Progress.SILENT);
            assertThat(blob).hasBinaryContent(weights);
            assertThat(begun).doesNotExist();
        }
    }

    @Test
    void whoStopsAFetchGoesOnWithItLater() throws IOException {
        try (FolderHub hub = hub(0)) {
            AtomicBoolean stopped = new AtomicBoolean();
            assertThatThrownBy(() -> pull(hub).run((name, done, total, note) -> {
                        if (done > 0 && !stopped.getAndSet(true)) {
                            throw new CancellationException();
                        }
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThat(new HubCache(cache).find(model("some/model"))).isEmpty();
            assertThat(pull(hub).run(Progress.SILENT).folder().resolve("model.safetensors"))
                    .hasBinaryContent(weights);
        }
    }

    @Test
    void aNewerVersionStandsBesideTheOlder() throws IOException {
        try (FolderHub hub = hub(0)) {
            Path first = pull(hub).run(Progress.SILENT).folder();
            Files.writeString(model.resolve("config.json"), "{\"new\": 1}");
            Pull.Pulled second = pull(hub).run(Progress.SILENT);
            assertThat(second.fetched()).isEqualTo(10);
            assertThat(second.folder()).isNotEqualTo(first);
            assertThat(first.resolve("config.json")).hasContent("{}");
            assertThat(new HubCache(cache).find(model("some/model"))).contains(second.folder());
        }
    }

    @Test
    void whatIsMissingHiddenOrGatedIsToldInASentence() throws IOException {
        try (FolderHub hub = hub(0)) {
            assertThatThrownBy(() -> new Pull(model("some/other"), place(hub.address()), List.of()).plan())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("The hub knows no model some/other")
                    .hasMessageContaining("set HF_TOKEN");
            assertThatThrownBy(() -> new Pull(model("some/model@v9"), place(hub.address()), List.of()).plan())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("The model some/model has no revision 'v9'");
            Files.writeString(model.resolve(".gated"), "");
            assertThatThrownBy(() -> pull(hub).plan())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is gated: accept its terms at " + hub.address() + "/some/model");
            HubPlace known = place(hub.address(), "HF_TOKEN", "hf_secret");
            assertThat(new Pull(model("some/model"), known, List.of())
                            .run(Progress.SILENT)
                            .folder())
                    .isDirectory();
        }
    }

    @Test
    void aHubThatIsNotThereIsTheSurroundingsFault() {
        assertThatThrownBy(
                        () -> new Pull(model("some/model"), place(URI.create("http://127.0.0.1:9")), List.of()).plan())
                .isInstanceOf(org.espalier.core.SurroundingsException.class)
                .hasMessageContaining("http://127.0.0.1:9 cannot be used: nothing answers there");
    }

    @Test
    void whatIsNotInTheCacheIsRefusedWithTheCommandThatFetchesIt() {
        assertThatThrownBy(() -> new HubCache(cache).require(model("some/model@v1")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("espalier pull some/model@v1");
    }
}
