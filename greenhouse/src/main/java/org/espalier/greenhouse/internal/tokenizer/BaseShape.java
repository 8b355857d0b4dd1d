package org.espalier.greenhouse.internal.tokenizer;

import java.util.List;
import java.util.SortedMap;

/** What a base model of a family is: its sizes, and what the small files of its folder say. */
public sealed interface BaseShape permits QwenShape, LlavaShape {
    /** One of each family, as {@code greenhouse grow} makes them. */
    static List<BaseShape> all() {
        return List.of(QwenShape.DEFAULT, LlavaShape.DEFAULT);
    }

    /** Its family, as {@code model_type} says it. */
    String modelType();

    /** Its family as people call it. */
    String family();

    /** How many steps of a growth take a minute on two idle cores. */
    int stepsAMinute();

    /** The tokens that its conversations are framed with. */
    SpecialTokens special();

    /** What its files say of its sizes and its pictures, by their names. */
    SortedMap<String, String> files(TokenizerFile tokens);

    /** How conversations are laid out, as the Python libraries read it. */
    String chatTemplate();
}
