package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** What the binding hands back, on which it depends whose a tensor is. */
class OwnershipTest {
    @Test
    void anOperationInPlaceHandsBackTheTensorItself() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = torch.ones(3, 3);

            assertThat(x.mul_(new Scalar(2.0))).isSameAs(x);
            assertThat(x.add_(torch.ones(3, 3))).isSameAs(x);
            assertThat(x.exp_()).isSameAs(x);
            assertThat(x.rsqrt_()).isSameAs(x);
            assertThat(x.addmm_(torch.ones(3, 3), torch.ones(3, 3))).isSameAs(x);
            assertThat(x.index_add_(0, Placement.CPU.indices(new long[] {1}, 1), torch.ones(1, 3)))
                    .isSameAs(x);
            assertThat(x.requires_grad_(true)).isSameAs(x);
        }
    }

    /** Hence it is never kept: it would outlive the tensor that it stands for. */
    @Test
    void anOperationIntoATensorHandsBackAnotherHandle() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = torch.ones(3, 3);

            assertThat(torch.log_softmax_out(x, x, 1)).isNotSameAs(x);
        }
    }
}
