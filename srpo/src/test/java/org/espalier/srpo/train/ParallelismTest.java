package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.TapeSize;
import org.espalier.srpo.group.ProcessGroup;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelismTest {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    /** A product of the fixture is small up to about 10,000 tokens; three questions of 400,000 would keep more than 4 GiB. */
    @ParameterizedTest
    @CsvSource({
        "PROCESSOR, 3, 20000, true",
        "PROCESSOR, 4, 20000, true",
        "PROCESSOR, 2, 20000, false",
        "PROCESSOR, 2, 20, true",
        "PROCESSOR, 3, 400000, false",
        "PRETENDED, 3, 20000, false",
    })
    void questionsAreComputedSideBySideWhereThereIsOneForEveryThread(
            Device.Kind kind, int questions, int tokens, boolean expected) {
        Parallelism three = new Parallelism(ProcessGroup.alone(), OptionalInt.of(3), 1);
        TokenTree question =
                new TokenTree(new int[tokens - 10], new int[5], List.of(new TokenTree.Leaf(0, new int[5], 1)), true);

        try (LoadedModel model =
                LoadedModel.open(ModelFolder.open(FOLDER), new Placement(new Device("cpu", kind), Dtype.F32))) {
            TapeSize size = TreePass.size(model.model(), List.of(question));
            assertThat(three.sideBySide(size, questions)).isEqualTo(expected);
            assertThat(three.atOnce(size)).isBetween(1, 3);
        }
    }
}
