package org.espalier.srpo.tree;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.Optional;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.decoder.LoraSnapshot;
import org.espalier.model.decoder.PictureTape;
import org.espalier.model.decoder.PictureTapeSize;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Placement;

/**
 * The pictures of a question as an adapter of the vision side has them seen, recorded, so that gradients find their way back
 * through the tower: once for all paths.
 *
 * @param tape of the tower's blocks; what follows them records itself
 * @param features {@code [tokens, hidden]}
 * @param gradient their sum over the paths, of the same shape
 */
record AdaptedPictures(
        LoraSnapshot.Pictures lora, Placement placement, PictureTape tape, Tensor features, Tensor gradient)
        implements AutoCloseable {
    /** Empty where the pictures are those of the base model; else they must have their values. */
    static Optional<AdaptedPictures> of(VisionLanguageModel model, Shown pictures, LoraSnapshot lora) {
        if (lora.pictures().isEmpty() || pictures.pictures().isEmpty()) {
            return Optional.empty();
        }
        long tokens =
                pictures.pictures().stream().mapToLong(PictureInput::tokens).sum();
        return of(
                model,
                pictures,
                lora,
                new PictureTape(new PictureTapeSize(model.config().visionExtent(), model.placement(), tokens).again()));
    }

    /** @param tape empty; closed with this */
    static Optional<AdaptedPictures> of(
            VisionLanguageModel model, Shown pictures, LoraSnapshot lora, PictureTape tape) {
        try (AutoGradMode recorded = new AutoGradMode(true)) {
            Tensor features = model.pictureFeatures(pictures.pictures(), lora, tape);
            Tensor gradient = zeros_like(features.detach());
            return Optional.of(
                    new AdaptedPictures(lora.pictures().orElseThrow(), model.placement(), tape, features, gradient));
        } catch (RuntimeException e) {
            tape.close();
            throw e;
        }
    }

    /** What the decoder is shown. */
    Shown shown(Shown pictures) {
        return new Shown(pictures.pictures(), Optional.of(features.detach()));
    }

    /**
     * Adds what came back along some tokens.
     *
     * @param ofTokens the gradient of what the decoder is given, {@code [tokens, hidden]}
     * @param places of the pictures' tokens there
     */
    void add(Tensor ofTokens, long[] places) {
        try (NoGradGuard guard = new NoGradGuard()) {
            gradient.add_(ofTokens.index_select(0, placement.indices(places, places.length)));
        }
    }

    /** Goes on through the tower, once. */
    void backward() {
        if (features.requires_grad()) {
            features.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
            tape.backward();
            lora.addGradients();
        }
    }

    @Override
    public void close() {
        tape.close();
    }
}
