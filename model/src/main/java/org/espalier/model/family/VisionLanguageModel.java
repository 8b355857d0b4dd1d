package org.espalier.model.family;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.decoder.BlockPass;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.decoder.Deltas;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/**
 * A multimodal model in memory: the vision side and the positions, which are the family's own, and the decoder, which all
 * share. Everything that samples, trains or verifies sees only this. Its weights belong to whoever had them made.
 */
public interface VisionLanguageModel {
    /** What its folder said of it. */
    ModelConfig config();

    Decoder decoder();

    /**
     * What pictures look like to the decoder: their tokens one below the other, {@code [tokens, hidden]}. Pictures of
     * one size are computed together. Recorded where gradients are.
     *
     * @param deltas what an adapter adds on the vision side
     * @param pass through the tower's blocks
     * @throws InputException if a picture was made by the processor of another model
     */
    Tensor pictureFeatures(List<? extends PictureInput> pictures, Deltas deltas, BlockPass pass);

    /** The same, block after block. */
    default Tensor pictureFeatures(List<? extends PictureInput> pictures, Deltas deltas) {
        return pictureFeatures(pictures, deltas, BlockPass.PLAIN);
    }

    /** The same by the base model. */
    default Tensor pictureFeatures(List<? extends PictureInput> pictures) {
        return pictureFeatures(pictures, Deltas.NONE);
    }

    /**
     * Positions of a prompt that holds these pictures.
     *
     * @throws InputException if the prompt's places for pictures are not those of the pictures
     */
    PromptPositions positions(int[] prompt, List<? extends PictureInput> pictures);

    /** Where a prompt's pictures have their tokens. */
    default long[] picturePlaces(int[] ids) {
        int image = config().imageToken();
        return IntStream.range(0, ids.length)
                .filter(i -> ids[i] == image)
                .asLongStream()
                .toArray();
    }

    /** Where it lies and in which type it computes. */
    default Placement placement() {
        return decoder().placement();
    }

    /** The prompt's embeddings, {@code [tokens, hidden]}, with the pictures' tokens in their places. */
    default Tensor embed(int[] ids, Optional<Tensor> seen) {
        return Scope.keeping(() -> {
            Placement placement = placement();
            Tensor text = decoder()
                    .embed(placement.indices(IntStream.of(ids).asLongStream().toArray(), ids.length));
            if (seen.isEmpty()) {
                return text;
            }
            long[] places = picturePlaces(ids);
            return text.index_copy(
                    0, placement.indices(places, places.length), seen.get().to(text.scalar_type()));
        });
    }
}
