package org.espalier.ssui.review;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresDraftsTest extends DraftsContract {
    private EmbeddedPostgres server;
    private int databases;

    @BeforeAll
    void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @Override
    Store open() {
        String name = "drafts_" + databases++;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Store.open(server.getJdbcUrl("postgres", name), List.of(Drafts.MIGRATIONS));
    }
}
