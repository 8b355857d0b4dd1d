package org.espalier.ssui.intake;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;

/** The lists that an intake ends with: what is in, what is not and why, and the figures. */
record PoolFiles(Pool pool) {
    void write(List<Decision> decisions, IntakeSummary summary) {
        List<PooledPicture> pooled = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Pooled(PooledPicture picture) -> pooled.add(picture);
                case Decision.Refused(Refusal refusal) -> refused.add(refusal);
                case Decision.Unsafe(PooledPicture picture, Refusal refusal) -> refused.add(refusal);
            }
        }
        AtomicFile.lines(
                pool.folder().resolve(Pool.REFUSED), refused.stream().map(refusal -> Json.line(refusal.json())));
        AtomicFile.write(pool.folder().resolve(IntakeSummary.NAME), Json.page(Json.tree(summary)));
        pool.write(pooled);
    }
}
