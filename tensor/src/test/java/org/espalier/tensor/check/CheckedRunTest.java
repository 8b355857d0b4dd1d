package org.espalier.tensor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.espalier.planted.Planted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker sees every stray tensor that was planted, and nothing where there is none. */
class CheckedRunTest {
    @Test
    void findsNothingWhereEverythingIsMadeThroughOnePlacement() {
        assertThatCode(() -> CheckedRun.of(Planted.Nothing.class)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Planted.InAProduct.class,
                Planted.InASumInPlace.class,
                Planted.InACat.class,
                Planted.AsAnIndex.class,
                Planted.OfTheHost.class,
                Planted.InACalledOperator.class
            })
    void findsAStrayTensor(Class<? extends Runnable> planted) {
        assertThatThrownBy(() -> CheckedRun.of(planted))
                .isInstanceOf(MixedPlacements.class)
                .hasMessageContaining(planted.getName())
                .hasMessageContaining("one tensor is on pretended, another on cpu");
    }

    @ParameterizedTest
    @ValueSource(classes = {Planted.ReadUndeclared.class, Planted.AskedUndeclared.class, Planted.Moved.class})
    void findsAReadThatNobodyDeclared(Class<? extends Runnable> planted) {
        assertThatThrownBy(() -> CheckedRun.of(planted))
                .isInstanceOf(MixedPlacements.class)
                .hasMessageContaining("reads numbers back by Tensor.");
    }

    @Test
    void findsAReadThroughAPlacementOfAnotherDevice() {
        assertThatThrownBy(() -> CheckedRun.of(Planted.ReadElsewhere.class))
                .isInstanceOf(MixedPlacements.class)
                .hasMessageContaining("reads a tensor on pretended through a placement on cpu");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Planted.Float32InAProduct.class,
                Planted.Float32InACat.class,
                Planted.Float32OnTheSide.class,
                Planted.RoundedToFloat32.class
            })
    void findsAFloat32AmongFloat64(Class<? extends Runnable> planted) {
        assertThatThrownBy(() -> CheckedRun.of(planted))
                .isInstanceOf(MixedPlacements.class)
                .hasMessageContaining("numbers of the type Float");
    }

    @Test
    void refusesAReferenceThatWouldGoPastIt() {
        assertThatThrownBy(() -> CheckedRun.of(Planted.AReference.class))
                .hasMessageContaining("Tensor::neg cannot be checked");
    }

    @Test
    void signaturesTellWhatACallDoes() {
        assertThat(call("global.torch", "zeros", true, "Tensor", "[J").creates())
                .isTrue();
        assertThat(call("global.torch", "zeros_like", true, "Tensor", "Tensor").creates())
                .isFalse();
        assertThat(call("Tensor", "item_double", false, "double").readsBack()).isTrue();
        assertThat(call("Tensor", "size", false, "long", "long").readsBack()).isFalse();
        assertThat(call("Tensor", "to", false, "Tensor", "global.torch$ScalarType")
                        .readsBack())
                .isFalse();
        assertThat(call("Tensor", "to", false, "Tensor", "Device", "global.torch$ScalarType")
                        .readsBack())
                .isTrue();
        assertThat(call("global.torch", "equal", true, "boolean", "Tensor", "Tensor")
                        .readsBack())
                .isTrue();
    }

    private static TensorCalls call(String owner, String name, boolean isStatic, String result, String... parameters) {
        return new TensorCalls(
                TensorCalls.BINDINGS + owner,
                name,
                java.util.Arrays.stream(parameters).map(CheckedRunTest::full).toList(),
                full(result),
                isStatic);
    }

    private static String full(String type) {
        return Optional.of(type)
                .filter(it -> Character.isUpperCase(it.charAt(0)) || it.startsWith("global"))
                .map(it -> TensorCalls.BINDINGS + it)
                .orElse(type);
    }
}
