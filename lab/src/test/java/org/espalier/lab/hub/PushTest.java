package org.espalier.lab.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.hub.Pull;
import org.espalier.hub.Push;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {
    @TempDir
    Path folder;

    private static final RepositoryName TO = new RepositoryName(RepositoryName.Kind.MODEL, "me", "adapter");

    private Push push(FolderHub hub, String token, boolean hidden) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>(Map.of(
                "README.md", Files.writeString(folder.resolve("card"), "# card"),
                "adapter_model.safetensors", Files.write(folder.resolve("weights"), new byte[200_000])));
        HubPlace place = HubPlace.of(Map.of(
                "HF_ENDPOINT",
                hub.address().toString(),
                "HF_HUB_CACHE",
                folder + "/cache",
                "HF_TOKEN_PATH",
                folder + "/none",
                "HF_TOKEN",
                token));
        return new Push(files, TO, place, hidden, "An adapter");
    }

    private FolderHub hub() {
        return FolderHub.start(folder.resolve("hub"), 0, Optional.of("hf_secret"), 0);
    }

    @Test
    void whatWasPublishedCanBeFetched() throws IOException {
        try (FolderHub hub = hub()) {
            Push push = push(hub, "hf_secret", false);
            Push.Pushed pushed = push.run(Progress.SILENT);
            assertThat(pushed.address()).hasToString(hub.address() + "/me/adapter");
            assertThat(folder.resolve("hub/me/adapter/README.md")).hasContent("# card");
            assertThat(folder.resolve("hub/me/adapter/adapter_model.safetensors"))
                    .hasBinaryContent(new byte[200_000]);
            Path found = new Pull(new HubReference(TO, "main"), push.place(), List.of())
                    .run(Progress.SILENT)
                    .folder();
            assertThat(found.getFileName()).hasToString(pushed.commit());
            assertThat(found.resolve("adapter_model.safetensors")).hasBinaryContent(new byte[200_000]);
            // Once more, over what is there.
            assertThat(push.run(Progress.SILENT).commit()).isEqualTo(pushed.commit());
        }
    }

    @Test
    void aPrivateRepositoryIsMadeAndAPublicOneNotTakenForIt() throws IOException {
        try (FolderHub hub = hub()) {
            push(hub, "hf_secret", true).run(Progress.SILENT);
            assertThat(folder.resolve("hub/me/adapter/.private")).exists();
            push(hub, "hf_secret", true).run(Progress.SILENT);
            Files.delete(folder.resolve("hub/me/adapter/.private"));
            Push again = push(hub, "hf_secret", true);
            assertThatThrownBy(() -> again.run(Progress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("everybody can see it");
        }
    }

    @Test
    void nobodyPublishesWithoutATokenOrWithAWrongOne() throws IOException {
        try (FolderHub hub = hub()) {
            Push without = push(hub, "", false);
            assertThatThrownBy(() -> without.run(Progress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("set HF_TOKEN");
            Push wrong = push(hub, "hf_wrong", false);
            assertThatThrownBy(() -> wrong.run(Progress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("HTTP 401")
                    .hasMessageNotContaining("hf_wrong");
            assertThat(folder.resolve("hub/me/adapter")).doesNotExist();
        }
    }
}
