package org.espalier.model.llava;

import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.Linear;

/** From the tower's width to the decoder's. */
record Projector(Linear in, Activation activation, Linear out) {
    Tensor of(Tensor features) {
        return out.of(activation.of(in.of(features)));
    }
}
