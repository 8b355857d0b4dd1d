package org.espalier.model.generate;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.model.LoadedModel;

/**
 * What a model's tokens are to an answer.
 *
 * @param ends tokens that end it
 * @param impossible tokens that it never holds: those without text that are no ends
 */
record AnswerTokens(Set<Integer> ends, Set<Integer> impossible) {
    static AnswerTokens of(LoadedModel loaded) {
        Set<Integer> ends = new LinkedHashSet<>(loaded.folder().defaults().endTokens());
        ends.add(loaded.chat().end());
        ends.add(loaded.config().endToken());
        Set<Integer> impossible = loaded.tokenizer()
                .withoutText(loaded.config().text().vocabulary())
                .filter(id -> !ends.contains(id))
                .boxed()
                .collect(Collectors.toSet());
        return new AnswerTokens(Set.copyOf(ends), impossible);
    }
}
