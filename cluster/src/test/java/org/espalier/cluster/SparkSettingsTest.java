package org.espalier.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;

/** What Spark is told, as text: on Kubernetes and with GPUs it has not been run. */
class SparkSettingsTest {
    private static final SparkHome HOME = new SparkHome(Path.of("/opt/spark"));
    private static final Map<String, String> ENVIRONMENT =
            Map.of("OMP_WAIT_POLICY", "passive", "OPENAI_API_KEY", "nobody's business");

    private static String told(String address, boolean gpu, Map<String, String> own) {
        return SparkSettings.of(
                        ClusterAddress.parse(address),
                        HOME,
                        List.of("/opt/spark/jars/*", "/opt/spark/espalier/000-main.jar"),
                        new SparkSettings.Wishes("espalier explore", gpu, List.of("-Da=b", "-Dc=d"), own),
                        ENVIRONMENT)
                .text();
    }

    @Test
    void executorsOfThisMachine() {
        assertThat(told("local-cluster[2,1,1024]", false, Map.of())).isEqualTo("""
            spark.app.name espalier explore
            spark.driver.bindAddress 127.0.0.1
            spark.driver.host 127.0.0.1
            spark.executor.cores 1
            spark.executor.extraClassPath /opt/spark/jars/*:/opt/spark/espalier/000-main.jar
            spark.executor.extraJavaOptions -Da=b -Dc=d
            spark.executor.memory 1024m
            spark.executorEnv.OMP_WAIT_POLICY passive
            spark.master local-cluster[2,1,1024]
            spark.task.maxFailures 8
            spark.ui.enabled false
            """);
    }

    @Test
    void aGpuForEachExecutorOfAStandaloneCluster() {
        assertThat(told("spark://host:7077", true, Map.of("spark.executor.memory", "4g")))
                .contains("spark.master spark://host:7077\n", "spark.executor.memory 4g\n")
                .contains("spark.executor.resource.gpu.amount 1\n", "spark.task.resource.gpu.amount 1\n")
                .contains("spark.executor.resource.gpu.discoveryScript /opt/spark/bin/gpus\n")
                .doesNotContain("kubernetes", "vendor", "nobody's business");
    }

    @Test
    void podsOfKubernetesWithTheirImageVolumeAndGpu() {
        assertThat(told("k8s://https://host:6443", true, Map.of("spark.kubernetes.container.image", "mine:1")))
                .contains("spark.master k8s://https://host:6443\n", "spark.kubernetes.container.image mine:1\n")
                .contains("spark.kubernetes.executor.volumes.persistentVolumeClaim.runs.mount.path /runs\n")
                .contains("spark.executor.resource.gpu.vendor nvidia.com\n");
    }

    @Test
    void refusesWhatIsNoProperty() {
        assertThatThrownBy(() -> told("spark://host:7077", false, Map.of("executor.memory", "4g")))
                .isInstanceOf(InputException.class)
                .hasMessage("--spark-conf executor.memory is no property of Spark: they begin with spark.");
    }
}
