package org.espalier.ssui.records;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Licences;

/** Whose records they are. */
public enum RecordKind {
    /** Our own form. */
    SSUI("ssui", "", ""),
    SIUO("siuo", "CC-BY-NC-4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    VLSBENCH("vlsbench", "Apache-2.0", ""),
    /** Its card states no licence. */
    MSSBENCH("mssbench", "", "");

    private final String label;
    private final String licence;
    private final String url;

    RecordKind(String label, String licence, String url) {
        this.label = label;
        this.licence = licence;
        this.url = url;
    }

    /** As the command line names it. */
    public String label() {
        return label;
    }

    /** Under which its pictures and texts are published. */
    public Licence licence() {
        return Licences.of(licence, url);
    }

    public static Optional<RecordKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(RecordKind::label).toList();
    }
}
