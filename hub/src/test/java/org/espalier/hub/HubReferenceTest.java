package org.espalier.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.core.file.HubSnapshot;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubReferenceTest {
    @Test
    void aNameMeansTheMainBranchWhereItNamesNoRevision() {
        HubReference plain = HubReference.parse(RepositoryName.Kind.MODEL, "Qwen/Qwen2.5-VL-7B-Instruct");
        assertThat(plain.revision()).isEqualTo("main");
        assertThat(plain).hasToString("Qwen/Qwen2.5-VL-7B-Instruct");
        HubReference other = HubReference.parse(RepositoryName.Kind.DATASET, "a/b@refs/pr/3");
        assertThat(other.revision()).isEqualTo("refs/pr/3");
        assertThat(other.repository().folder()).isEqualTo("datasets--a--b");
        assertThat(other).hasToString("a/b@refs/pr/3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/b/c",
                "/b",
                "a/",
                "../b",
                "a/..",
                "a/b@",
                "a/b@../x",
                "a/b@/x",
                "a/b@x/",
                "a/b@.x",
                "a b/c",
                "a--b/c",
                "a/b\n",
                "-a/b",
                "a/b@x y",
                "a/b@x//y"
            })
    void whatIsNoNameIsRefused(String word) {
        assertThatThrownBy(() -> HubReference.parse(RepositoryName.Kind.MODEL, word))
                .isInstanceOf(InputException.class);
        assertThat(HubReference.isOne(word)).isFalse();
    }

    @Test
    void aFolderInTheCacheKnowsItsRepositoryAndCommit() {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        Path folder = Path.of("/x/hub/models--Some-One--a_model.v2/snapshots", commit);
        assertThat(HubSnapshot.of(folder)).contains(new HubSnapshot("Some-One/a_model.v2", commit));
        assertThat(HubSnapshot.of(folder.resolve("sub/model.safetensors"))).isPresent();
        assertThat(HubSnapshot.of(folder.getParent())).isEmpty();
        assertThat(HubSnapshot.of(Path.of("models--a--b/snapshots/main"))).isEmpty();
        assertThat(HubSnapshot.nameOf(folder)).isEqualTo("Some-One/a_model.v2");
        assertThat(HubSnapshot.nameOf(Path.of("my/model"))).isEqualTo("my/model");
    }
}
