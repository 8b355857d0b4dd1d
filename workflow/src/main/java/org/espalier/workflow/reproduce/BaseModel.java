package org.espalier.workflow.reproduce;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.model.decoder.TextShape;

/**
 * A base model of an experiment.
 *
 * @param name in folders and tables
 * @param folder empty where it is not on this machine
 * @param fetch what brings it here, in words
 * @param shape of its language model, as published
 * @param parameters as published
 * @param pictureTokens of a picture, about
 */
public record BaseModel(
        String name, Optional<Path> folder, String fetch, TextShape shape, long parameters, int pictureTokens) {}
