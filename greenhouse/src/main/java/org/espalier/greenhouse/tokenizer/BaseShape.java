package org.espalier.greenhouse.tokenizer;

import java.util.List;

/** What a base model of a family is: its sizes, and what the small files of its folder say. */
public sealed interface BaseShape permits ModelShape, LlavaShape {
    /** One of each family, as {@code greenhouse grow} makes them. */
    static List<BaseShape> all() {
        return List.of(ModelShape.DEFAULT, LlavaShape.DEFAULT);
    }

    /** Its family, as {@code model_type} says it. */
    String modelType();

    /** Its family as people call it. */
    String family();

    /** How many steps of a growth take a minute on two idle cores. */
    int stepsAMinute();

    /** The tokens that its conversations are framed with. */
    SpecialTokens special();

    /** {@code config.json}. */
    String config(TokenizerFile tokens);

    /** {@code preprocessor_config.json}. */
    String processor();

    /** How conversations are laid out, as the Python libraries read it. */
    String chatTemplate();
}
