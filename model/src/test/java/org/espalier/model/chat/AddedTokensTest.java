package org.espalier.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.espalier.core.Cut;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Against ids that the {@code tokenizers} library gave ({@code fixtures/chat/make_added.py}). */
class AddedTokensTest {
    @TempDir
    Path folder;

    private JsonNode golden;
    private Tokenizer tokenizer;

    @BeforeEach
    void load() throws IOException {
        golden = Json.parse(Fixture.text("added.json"));
        ObjectNode root = (ObjectNode) Json.parse(Fixture.text("tokenizer.json"));
        golden.path("tokens").forEach(((ArrayNode) root.path("added_tokens"))::add);
        Files.writeString(folder.resolve("tokenizer.json"), Json.page(root));
        tokenizer = Tokenizer.load(folder);
    }

    private int id(String content) {
        return golden.path("tokens")
                .valueStream()
                .filter(token -> token.path("content").asString().equals(content))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asInt();
    }

    @Test
    void tokensOfEveryKindAreFoundAsTheLibraryFindsThem() {
        assertThat(golden.path("cases")).hasSize(400);
        for (JsonNode one : golden.path("cases")) {
            String text = one.path(0).asString();
            assertThat(tokenizer.encode(text)).as(text).isEqualTo(Fixture.ints(one.path(1)));
        }
    }

    /** A path is cut between steps wherever its blanks went with a token. */
    @Test
    void everyTextCanBeCutWhereItsTokensEnd() {
        for (JsonNode one : golden.path("cases")) {
            String text = one.path(0).asString();
            TokenBorders borders = tokenizer.borders(text, tokenizer.encode(text));
            Cut end = borders.atOrAfter(text.length());
            assertThat(end.chars()).as(text).isEqualTo(text.length());
            int[] ends = borders.charEnds();
            assertThat(ends).as(text).isSorted();
            assertThat(Arrays.stream(ends).max()).as(text).hasValue(text.length());
        }
    }

    @Test
    void blanksThatWentWithATokenLieBeforeItsEnd() {
        String text = "b  <lr> \n b";
        int[] ids = tokenizer.encode(text);
        int b = tokenizer.encode("b")[0];
        assertThat(ids).containsExactly(b, id("<lr>"), b);
        assertThat(tokenizer.decode(ids)).isEqualTo("b<lr>b");
        assertThat(tokenizer.borders(text, ids).cuts(List.of(1, 2, 7, 10, 11)))
                .containsExactly(new Cut(1, 1), new Cut(2, 10), new Cut(2, 10), new Cut(2, 10), new Cut(3, 11));
    }

    @Test
    void aControlTokenThatTakesTextsAroundItIsUsedByNoConversation() {
        assertThat(tokenizer.id("<sn>")).isEqualTo(id("<sn>"));
        assertThatThrownBy(() -> tokenizer.id("<sp>"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the control token <sp> with lstrip, rstrip or single_word");
    }
}
