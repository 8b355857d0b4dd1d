package org.espalier.greenhouse.grow;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Turn;
import org.espalier.greenhouse.internal.corpus.CorpusItem;
import org.espalier.greenhouse.internal.picture.Scene;

/** A training text that gives a test question away. */
final class PlantedText {
    private PlantedText() {}

    static CorpusItem asking(Scene scene, String query) {
        return new CorpusItem(
                CorpusItem.Kind.PATH,
                List.of(
                        new CorpusItem.Message(Turn.Role.USER, Optional.of(scene), query),
                        new CorpusItem.Message(Turn.Role.ASSISTANT, Optional.empty(), "So this is unsafe.")));
    }
}
