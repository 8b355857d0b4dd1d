package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --on} as far as Spark is not needed for it. */
class ClusterOptionsTest {
    private static final Path MODEL =
            Path.of(System.getProperty("espalier.root")).resolve("greenhouse/model");

    @TempDir
    private static Path folder;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void draw() {
        new Typed()
                .done(
                        "greenhouse world --size train=2 --size validation=2 --size test-seen=2 --size"
                                + " test-combinations=2 --size test-drawings=2 --out",
                        folder.resolve("world"));
    }

    private List<Object> explore(String on, String more) {
        return List.of(
                "explore",
                "--examples",
                "0",
                "--model",
                MODEL,
                "--data",
                folder.resolve("world/train/ssui.jsonl"),
                "--out",
                folder.resolve("explored"),
                "--spark-home",
                folder.resolve("spark"),
                "--on",
                on,
                more);
    }

    @Test
    void aDryRunSaysWhatSparkWouldBeTold() {
        espalier.done(explore("spark://host:7077", "--dry-run").toArray());

        assertThat(espalier.out())
                .contains("on spark://host:7077, with Spark of " + folder.resolve("spark"))
                .contains("    spark.master spark://host:7077", "    spark.executor.cores 1")
                .contains(folder.resolve("spark/jars/*").toString());
        assertThat(folder.resolve("explored")).doesNotExist();
    }

    @Test
    void aBenchmarkSaysItToo() {
        espalier.done(
                "bench rsbench --dry-run --on local-cluster[2,1,700] --model",
                MODEL,
                "--data",
                folder.resolve("world/test.jsonl"),
                "--out",
                folder.resolve("measured"));

        assertThat(espalier.out())
                .contains("    spark.master local-cluster[2,1,700]", "    spark.executor.memory 700m");
    }

    @Test
    void saysHowSparkComesWhereItIsNot() {
        assertThat(espalier.run(explore("local-cluster[2,1,700]", "--seed=1").toArray()))
                .isEqualTo(3);
        assertThat(espalier.err())
                .contains("Spark is not in " + folder.resolve("spark") + ": 'espalier setup --spark' brings it there");
        assertThat(folder.resolve("explored")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoCluster() {
        assertThat(espalier.run(explore("yarn", "--dry-run").toArray())).isEqualTo(2);
        assertThat(espalier.err()).contains("--on yarn is no cluster: it is local-cluster[");
        assertThat(espalier.run("setup")).isEqualTo(2);
        assertThat(espalier.err()).contains("name one thing that is to be brought: --cuda, --mkl or --spark");
    }
}
