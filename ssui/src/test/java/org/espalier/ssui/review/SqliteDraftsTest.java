package org.espalier.ssui.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
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

    @Test
    void aRowThatIsNotAsItWasWrittenIsDamageAndNoFault(@TempDir Path other) throws Exception {
        for (String damage : List.of(
                "update draft_text set current = '{\"id\"'",
                "update draft_text set original = null",
                "update draft_text set current = x'00ff'",
                "update draft_text set current = replace(current, '\"unsafe\"', '\"unsaf\"')",
                "update draft_text set current = replace(current, '\"steps\":[', '\"steps\":[[],')",
                "update draft set state = 'accepte'",
                "update decision set ratings = '['",
                "update decision set verdict = 'accep'")) {
            Path run = Files.createTempDirectory(other, "run");
            try (Store store = Store.inFolder(run, List.of(Drafts.MIGRATIONS))) {
                Drafts drafts = new Drafts(store);
                drafts.putAll(List.of(draft("a")));
                Opinion opinion = new Opinion(ReviewVerdict.ACCEPTED, List.of(), Map.of(), "");
                drafts.decide("a", 0, "Ada", opinion);
                try (Connection connection = store.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("pragma writable_schema = on");
                    statement.execute(
                            "update sqlite_schema set sql = replace(sql, 'original text not null', 'original text')"
                                    + " where name = 'draft_text'");
                }
            }
            try (Connection connection = DriverManager.getConnection(Store.urlIn(run));
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(damage)).as(damage).isEqualTo(1);
            }
            try (Store store = Store.inFolder(run, List.of(Drafts.MIGRATIONS))) {
                Drafts drafts = new Drafts(store);
                assertThatThrownBy(() -> {
                            drafts.each(Filter.ALL, _ -> {});
                            drafts.history("a");
                        })
                        .as(damage)
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("store.db holds a row that is not as it was written");
            }
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
