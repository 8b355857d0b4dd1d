package org.espalier.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.Test;

class TapeSizeTest {
    private static final long GIB = 1L << 30;

    /** The decoder of Qwen2.5-VL-7B. */
    private static final TextShape SHAPE = new TextShape(
            152064,
            3584,
            28,
            28,
            4,
            128,
            18944,
            1e-6,
            new RopeFrequencies.RoundedOnce(1e6),
            List.of(16, 24, 24),
            true,
            false);

    private static TapeSize tokens(int tokens) {
        return new TapeSize(SHAPE, new Placement(Device.CPU, Dtype.BF16), tokens, tokens);
    }

    @Test
    void countsWhatALayerKeeps() {
        // Five states, queries twice, keys three times, gate and up; queries and result of the attention, and keys and
        // values as they are gathered, in float32.
        long numbers = 5 * 3584 + 2 * 3584 + 3 * 512 + 2 * 18944;
        assertThat(tokens(1000).layer()).isEqualTo(1000 * (2 * numbers + 4 * (2 * 3584 + 2 * 512)));
        assertThat(tokens(1000).input()).isEqualTo(1000 * 2 * 3584);
        assertThat(tokens(1000).whole()).isEqualTo(28 * tokens(1000).layer());
    }

    @Test
    void computesAsManyLayersAgainAsThereIsNoRoomFor() {
        TapeSize size = tokens(2000);
        assertThat(size.layersAgain(64 * GIB)).isZero();
        assertThat(size.layersAgain(0)).isEqualTo(28);
        int some = size.layersAgain(6 * GIB);
        assertThat(some).isBetween(1, 27);
        assertThat(size.layersAgain(7 * GIB)).isLessThan(some);

        long kept = (28 - some) * size.layer() + some * size.input();
        assertThat(kept + 2 * size.layer()).isLessThan(3 * GIB);
    }

    @Test
    void asksForNoRoomWhereLittleIsKept() {
        assertThat(tokens(20).layersAgainHere(1)).isZero();
    }

    @Test
    void countsKeysOnceASegmentThatGathersThem() {
        TreeLayout chain = new TreeLayout(9, List.of(new TreeLayout.Segment(9, 5), new TreeLayout.Segment(2, 4)));
        TreeLayout apart = new TreeLayout(9, List.of(new TreeLayout.Segment(4, 6), new TreeLayout.Segment(9, 3)));
        assertThat(chain.keys()).isEqualTo(9 + 5 + 2 + 4);
        assertThat(apart.keys()).isEqualTo(9 + 4 + 6 + 9 + 3);
    }
}
