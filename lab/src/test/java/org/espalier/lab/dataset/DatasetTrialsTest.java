package org.espalier.lab.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.espalier.greenhouse.serve.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One build by several processes over PostgreSQL, and builds that are killed. */
class DatasetTrialsTest {
    private static final int PICTURES = 36;
    private static final int CONCURRENCY = 8;
    private static final int HEAP = 256;

    @TempDir
    Path folder;

    @Test
    void threeProcessesOneKilledAndOneLateEndAsOneAlone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            SharedTrial.Result result = new SharedTrial(folder, url, PICTURES, CONCURRENCY, Duration.ofMillis(60))
                    .run((name, done, total, note) -> {});

            assertThat(result.drafts()).isPositive();
            assertThat(result.differing()).isZero();
            assertThat(result.paidTwice()).isLessThanOrEqualTo(CONCURRENCY);
        }
    }

    @Test
    void aKilledBuildEndsAsOneThatWasLeftAlone() throws Exception {
        CrashTrial.Result result = new CrashTrial(
                        folder.resolve("crash"), PICTURES, 3, 3, CONCURRENCY, Duration.ofMillis(20), Faults.NONE, 1)
                .run((name, done, total, note) -> {});

        assertThat(result.kills()).isPositive();
        assertThat(result.differing()).isZero();
        assertThat(result.paidTwice()).isEqualTo(result.underWay());
        assertThat(result.mostUnderWay()).isLessThanOrEqualTo(CONCURRENCY);
    }

    @Test
    void aLoadTrialMeasuresTheWholeBuild() throws Exception {
        LoadTrial.Result result = new LoadTrial(
                        folder.resolve("load"), 20, 20, CONCURRENCY, Duration.ofMillis(5), 50, HEAP)
                .run((name, done, total, note) -> {});

        assertThat(result.drafts()).isPositive();
        assertThat(result.calls()).isGreaterThan(20);
        assertThat(result.answeredTwice()).isZero();
        assertThat(result.rate()).isPositive();
        assertThat(result.share()).isEqualTo(result.rate() / result.ceiling());
        assertThat(result.cpu()).isPositive();
    }
}
