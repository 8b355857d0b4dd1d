package org.espalier.model.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.espalier.tensor.Scope;

/**
 * The blocks of a vision tower that trains: each is recorded by itself. Where records are not kept, each is made again on
 * the way back from what went into the block, by the same operations, so that gradients are equal to the last bit.
 * Blocks before the first that is adapted are not gone back through. To be closed.
 */
public final class PictureTape implements BlockPass, AutoCloseable {
    private final boolean again;
    private final List<Chain> chains = new ArrayList<>();

    /**
     * A block that gradients go through.
     *
     * @param x what goes in; a leaf where gradients go further
     * @param y what comes out, with its record; empty where that is made again
     */
    private record Step(Tensor x, Optional<Tensor> y) {
        void close() {
            x.close();
            y.ifPresent(Tensor::close);
        }
    }

    /**
     * Pictures of one size on their way.
     *
     * @param blocks makes them again
     * @param steps by the number of the state they lead to
     * @param seen leaves that what follows the blocks is made of, by the numbers of their states
     */
    private record Chain(
            Supplier<List<UnaryOperator<Tensor>>> blocks, Map<Integer, Step> steps, Map<Integer, Tensor> seen) {}

    /** @param again whether records are made again instead of kept */
    public PictureTape(boolean again) {
        this.again = again;
    }

    private static Tensor record(UnaryOperator<Tensor> block, Tensor x) {
        try (AutoGradMode recorded = new AutoGradMode(true)) {
            return block.apply(x);
        }
    }

    @Override
    public List<Tensor> states(Tensor first, Supplier<List<UnaryOperator<Tensor>>> made, List<Integer> wanted) {
        List<UnaryOperator<Tensor>> blocks = made.get();
        Chain chain = new Chain(made, new TreeMap<>(), new TreeMap<>());
        chains.add(chain);
        Tensor state = Scope.own(first.detach());
        for (int number = 0; number < blocks.size(); number++) {
            see(chain, number, state, wanted);
            state = step(chain, number + 1, blocks.get(number), state);
        }
        see(chain, blocks.size(), state, wanted);
        state.close();
        return wanted.stream().map(chain.seen()::get).toList();
    }

    private static void see(Chain chain, int number, Tensor state, List<Integer> wanted) {
        if (wanted.contains(number)) {
            chain.seen().put(number, Scope.own(leaf(state.detach(), state.requires_grad())));
        }
    }

    private static Tensor leaf(Tensor tensor, boolean trained) {
        tensor.requires_grad_(trained);
        return tensor;
    }

    /** Takes {@code x}, and gives what comes out to the caller. */
    private Tensor step(Chain chain, int number, UnaryOperator<Tensor> block, Tensor x) {
        try (PointerScope scope = new PointerScope()) {
            Tensor y = record(block, x);
            boolean trained = y.requires_grad();
            if (trained) {
                chain.steps().put(number, new Step(x, again ? Optional.empty() : Optional.of(Scope.own(y))));
            } else {
                x.close();
            }
            return Scope.own(leaf(y.detach(), trained));
        }
    }

    /** Once, after the gradients of all {@link #states} are known. */
    public void backward() {
        chains.forEach(PictureTape::backward);
    }

    private static void backward(Chain chain) {
        try (PointerScope scope = new PointerScope()) {
            List<UnaryOperator<Tensor>> blocks = chain.blocks().get();
            Optional<Tensor> gradient = Optional.empty();
            for (int number = blocks.size(); number > 0; number--) {
                gradient = joined(gradient, Optional.ofNullable(chain.seen().get(number)));
                Step step = chain.steps().get(number);
                if (step != null && gradient.isPresent()) {
                    gradient = backward(step, blocks.get(number - 1), gradient.get());
                }
            }
            gradient.ifPresent(Tensor::close);
        }
    }

    private static Optional<Tensor> joined(Optional<Tensor> gradient, Optional<Tensor> seen) {
        Optional<Tensor> more = seen.filter(leaf -> leaf.grad().defined()).map(PictureTape::gradient);
        if (gradient.isPresent() && more.isPresent()) {
            gradient.get().add_(more.get());
            more.get().close();
            return gradient;
        }
        return gradient.isPresent() ? gradient : more;
    }

    /** What libtorch hands out is a part of the leaf and ends with it. */
    private static Tensor gradient(Tensor leaf) {
        return Scope.own(leaf.grad().detach());
    }

    /** From the gradient of what comes out, which it takes, to that of what went in. */
    private static Optional<Tensor> backward(Step step, UnaryOperator<Tensor> block, Tensor gradient) {
        try (PointerScope scope = new PointerScope()) {
            Tensor y = step.y().orElseGet(() -> record(block, step.x()));
            y.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
            Optional<Tensor> before = step.x().requires_grad() ? Optional.of(gradient(step.x())) : Optional.empty();
            gradient.close();
            step.x().mutable_grad().reset();
            return before;
        }
    }

    @Override
    public void close() {
        for (Chain chain : chains) {
            chain.steps().values().forEach(Step::close);
            chain.seen().values().forEach(Tensor::close);
        }
        chains.clear();
    }
}
