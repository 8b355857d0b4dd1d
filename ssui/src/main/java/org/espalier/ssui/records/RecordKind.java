package org.espalier.ssui.records;

import org.espalier.core.Labelled;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Licences;

/** Whose records they are. */
public enum RecordKind implements Labelled {
    /** Our own form. */
    SSUI("", ""),
    SIUO("CC-BY-NC-4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    VLSBENCH("Apache-2.0", ""),
    /** Its card states no licence. */
    MSSBENCH("", "");

    private final String licence;
    private final String url;

    RecordKind(String licence, String url) {
        this.licence = licence;
        this.url = url;
    }

    /** Under which its pictures and texts are published. */
    public Licence licence() {
        return Licences.of(licence, url);
    }
}
