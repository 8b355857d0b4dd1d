package org.espalier.ssui.review;

class DraftsOnSqliteTest extends DraftsContract {
    @Override
    String url() {
        return "jdbc:sqlite:" + folder.resolve("drafts.db");
    }
}
