package org.espalier.ssui.review;

import java.util.List;
import org.espalier.store.Store;

class SqliteDraftsTest extends DraftsContract {
    @Override
    Store open() {
        return Store.inFolder(folder, List.of(Drafts.MIGRATIONS + "/sqlite"));
    }
}
