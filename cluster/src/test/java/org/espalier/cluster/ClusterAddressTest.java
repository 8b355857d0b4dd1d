package org.espalier.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {
    @Test
    void readsWhatSparkCallsAMaster() {
        assertThat(ClusterAddress.parse("local-cluster[2, 1,1024]")).isEqualTo(new ClusterAddress.Local(2, 1, 1024));
        assertThat(ClusterAddress.parse("local-cluster[2, 1,1024]").master()).isEqualTo("local-cluster[2,1,1024]");
        assertThat(ClusterAddress.parse("spark://host:7077"))
                .isEqualTo(new ClusterAddress.Standalone("spark://host:7077"));
        assertThat(ClusterAddress.parse("k8s://https://host:6443").master()).isEqualTo("k8s://https://host:6443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "local",
                "local[4]",
                "yarn",
                "local-cluster[2,1]",
                "local-cluster[0,1,1024]",
                "local-cluster[2,1,511]",
                "spark://host",
                "spark://a b:7077",
                "k8s://host",
                "http://host:7077"
            })
    void refusesWhatIsNone(String words) {
        assertThatThrownBy(() -> ClusterAddress.parse(words))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--on ");
    }
}
