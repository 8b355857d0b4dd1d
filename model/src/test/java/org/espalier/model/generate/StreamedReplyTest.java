package org.espalier.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.model.chat.Fixture;
import org.espalier.model.chat.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamedReplyTest {
    private static List<String> pieces(Tokenizer tokenizer, String text, String stop) {
        List<String> pieces = new ArrayList<>();
        StreamedReply reply = new StreamedReply(
                List.of(stop), new StopTexts(List.of(stop), tokenizer.text()), tokenizer.text(), pieces::add);
        for (int token : tokenizer.encode(text)) {
            reply.stops(token);
        }
        reply.finish(text);
        return pieces;
    }

    @Test
    void neverSendsHalfOfACharacterWhereAStopTextHoldsTheRestBack(@TempDir Path folder) {
        String text = "a\uD83D\uDC36b\uD83D\uDC36\uD83D\uDC36";

        List<String> pieces = pieces(Fixture.tokenizer(folder), text, "zz");

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces)
                .hasSizeGreaterThan(2)
                .noneMatch(piece -> Character.isHighSurrogate(piece.charAt(piece.length() - 1))
                        || Character.isLowSurrogate(piece.charAt(0)));
    }
}
