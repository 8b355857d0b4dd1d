package org.espalier.ssui.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDraftsTest extends DraftsContract {
    @Override
    Store open() {
        return Store.inFolder(folder, List.of(Drafts.MIGRATIONS));
    }

    /** The tables of words are made again while drafts lie in the store, as in one of an earlier version. */
    @Test
    void anIndexOfBeginningsIsMadeOfTheDraftsOfAnEarlierVersion(@TempDir Path other) throws Exception {
        try (Store store = Store.inFolder(other, List.of(Drafts.MIGRATIONS))) {
            Drafts drafts = new Drafts(store);
            drafts.putAll(List.of(draft("a"), draft("b")));
            Draft a = draft("a");
            drafts.save(
                    "a",
                    0,
                    "Ada",
                    new DraftText("Where do candles go?", a.steps(), a.answer(), a.risk(), a.category()),
                    Optional.empty(),
                    Optional.empty());
            try (Connection connection = store.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : script("V3__beginnings.sql").split(";")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
            }

            assertThat(found(drafts, "c")).as("a letter").containsExactly("a", "b");
            assertThat(found(drafts, "cand")).containsExactly("a");
            assertThat(found(drafts, "stove")).as("the word that was replaced").containsExactly("b");
            assertThat(found(drafts, "answer petrol ig")).containsExactly("a", "b");
        }
    }

    private static List<String> found(Drafts drafts, String words) {
        return drafts.page(Filters.words(words), 1, 10).rows().stream()
                .map(DraftRow::id)
                .toList();
    }

    private static String script(String name) throws IOException {
        try (InputStream in =
                Drafts.class.getClassLoader().getResourceAsStream("org/espalier/ssui/review/sqlite/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
