package org.espalier.model.llava;

import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.NamedLinear;

/** From the tower's width to the decoder's. */
record Projector(NamedLinear in, Activation activation, NamedLinear out) {
    Tensor of(Tensor features, Deltas deltas) {
        return out.of(activation.of(in.of(features, deltas)), deltas);
    }
}
