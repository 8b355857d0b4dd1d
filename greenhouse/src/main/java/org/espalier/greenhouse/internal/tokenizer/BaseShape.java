package org.espalier.greenhouse.internal.tokenizer;

import java.util.List;
import java.util.Map;
import org.espalier.core.file.Shipped;

/**
 * What a base model of a family is: its sizes, and what the small files of its folder say. All have 4096 positions: room for
 * some twenty demonstrations.
 */
public sealed interface BaseShape permits QwenShape, LlavaShape {
    /** One of each family, as {@code greenhouse grow} makes them. */
    static List<BaseShape> all() {
        return List.of(QwenShape.DEFAULT, LlavaShape.DEFAULT);
    }

    /** Its family, as {@code model_type} says it. */
    String modelType();

    /** Its family as people call it. */
    String family();

    /** Steps of the last cycle of its growth, which looks: until it sees, and still errs at the first step here and there. */
    int lookingSteps();

    /** How many steps of a growth take a minute on two idle cores. */
    int stepsAMinute();

    /** The tokens that its conversations are framed with. */
    SpecialTokens special();

    /** Its settings, which ship by these names below that of its family. */
    default List<String> files() {
        return List.of("config.json", "generation_config.json", "preprocessor_config.json");
    }

    /** What its files say beside its sizes and follows from them, by the names that they have there. */
    Map<String, Integer> derived();

    /** How conversations are laid out, as the Python libraries read it. */
    default String chatTemplate() {
        return Shipped.text(BaseShape.class, modelType() + "/chat_template.jinja");
    }
}
