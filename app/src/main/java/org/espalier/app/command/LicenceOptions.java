package org.espalier.app.command;

import java.util.Optional;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Licences;
import org.espalier.ssui.pool.Training;
import picocli.CommandLine.Option;

/** The terms of pictures whose source tells none. */
final class LicenceOptions {
    @Option(
            names = "--licence",
            defaultValue = "",
            paramLabel = "NAME",
            description = "Licence of pictures whose source says none, such as CC-BY-4.0.")
    private String licence;

    @Option(
            names = "--licence-url",
            defaultValue = "",
            paramLabel = "URL",
            description = "Where the terms of that licence stand.")
    private String url;

    @Option(
            names = "--training",
            paramLabel = "WORD",
            description = "Whether that licence lets models be trained: allowed, forbidden, unstated (default: what is"
                    + " known of the licence).")
    private Optional<String> training;

    Licence licence() {
        Licence known = Licences.of(licence, url);
        return training.map(word -> new Licence(
                        known.name(), known.url(), Words.choice(Training.class, "word for --training", word)))
                .orElse(known);
    }
}
