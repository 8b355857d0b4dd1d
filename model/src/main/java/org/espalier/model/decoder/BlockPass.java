package org.espalier.model.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.espalier.tensor.Scope;

/** A way to go through the blocks of a vision tower. */
@FunctionalInterface
public interface BlockPass {
    /** One after the other, recorded where gradients are. */
    BlockPass PLAIN = (first, blocks, wanted) -> {
        List<Tensor> states = new ArrayList<>();
        states.add(first);
        for (UnaryOperator<Tensor> block : blocks.get()) {
            Tensor before = states.getLast();
            states.add(Scope.keeping(() -> block.apply(before)));
        }
        return wanted.stream().map(states::get).toList();
    };

    /**
     * Goes through them.
     *
     * @param first what goes into the first block
     * @param blocks are made here, and may be made again on a way back: what they share lives in the scope of the one who asks
     * @param wanted numbers of the states that are looked at: 0 for what goes in, n for what n blocks make of it
     * @return those states
     */
    List<Tensor> states(Tensor first, Supplier<List<UnaryOperator<Tensor>>> blocks, List<Integer> wanted);
}
