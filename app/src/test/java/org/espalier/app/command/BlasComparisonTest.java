package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.espalier.tensor.Blas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlasComparisonTest {
    @TempDir
    private Path cache;

    private final Typed espalier = new Typed();

    private void found(String processor, String rates) throws IOException {
        Files.writeString(
                cache.resolve("blas.json"), "{\"processor\": \"%s\", \"rates\": {%s}}".formatted(processor, rates));
    }

    @Test
    void theFasterOneIsTakenOnTheProcessorThatWasMeasured() throws IOException {
        found(BlasComparison.thisProcessor(), "\"openblas\": 170.2, \"mkl\": 181.7");

        BlasComparison made = BlasComparison.read(cache).orElseThrow();

        assertThat(made.fastest()).isEqualTo(Blas.MKL);
        assertThat(made.told()).isEqualTo("OpenBLAS 170, MKL 182");
        assertThat(new BlasComparison("x", Map.of(Blas.OPENBLAS, 2.0, Blas.MKL, 1.0)).fastest())
                .isEqualTo(Blas.OPENBLAS);
    }

    @Test
    void nothingFollowsFromAnotherProcessorOrHalfAFile() throws IOException {
        assertThat(BlasComparison.read(cache)).isEmpty();
        found("another", "\"openblas\": 170.2, \"mkl\": 181.7");
        assertThat(BlasComparison.read(cache)).isEmpty();
        found(BlasComparison.thisProcessor(), "\"openblas\": 170.2");
        assertThat(BlasComparison.read(cache)).isEmpty();
        Files.writeString(cache.resolve("blas.json"), "{\"proc");
        assertThat(BlasComparison.read(cache)).isEmpty();
    }

    @Test
    void whatIsComparedCanBeMissing() throws IOException {
        assumeFalse(Blas.MKL.isThere(), "MKL is on this machine");
        found(BlasComparison.thisProcessor(), "\"openblas\": 170.2, \"mkl\": 181.7");
        BlasComparison.settle(Optional.empty(), cache);
        assertThat(Blas.chosen()).isEqualTo(Blas.OPENBLAS);
    }

    @Test
    void aChoiceThatCannotBeIsOneSentence() {
        assertThat(espalier.run("doctor --blas atlas")).isEqualTo(2);
        assertThat(espalier.err()).contains("nothing multiplies that is called 'atlas': take openblas or mkl");
        assumeFalse(Blas.MKL.isThere(), "MKL is on this machine");
        assertThat(espalier.run("doctor --blas mkl")).isEqualTo(3);
        assertThat(espalier.err()).contains("MKL is not on this machine: 'espalier setup --mkl' brings it");
    }

    @Test
    void aProcessSaysHowFastItMultiplies() {
        espalier.done("doctor --products");
        assertThat(Double.parseDouble(espalier.out().strip())).isBetween(0.1, 100_000.0);
    }
}
