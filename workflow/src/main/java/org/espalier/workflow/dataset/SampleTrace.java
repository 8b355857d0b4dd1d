package org.espalier.workflow.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.ssui.export.Trace;
import org.espalier.ssui.pool.PictureProvenance;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Reviewed;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;

/**
 * Where each sentence of a sample comes from.
 *
 * @param build the folder of the build
 * @param store the address of its store; empty for the one in its folder
 */
public record SampleTrace(Path build, Optional<String> store, String sample) {
    /** For people, line by line. Refuses a sample that is not there. */
    public List<String> lines() {
        DraftFolder folder = new DraftFolder(build);
        try (Store opened = folder.drafts(store)) {
            Drafts drafts = new Drafts(opened);
            Reviewed reviewed = drafts.current(sample)
                    .orElseThrow(() -> new InputException(build + " holds no sample \"" + sample + "\""));
            return new Trace(
                            reviewed,
                            drafts.history(sample),
                            new PictureProvenance.Known(folder.pool().orElse(build))
                                    .of(
                                            reviewed.current().image(),
                                            reviewed.current().provenance()),
                            key -> opened.journal().find(key).map(JournalEntry::response))
                    .lines();
        }
    }
}
