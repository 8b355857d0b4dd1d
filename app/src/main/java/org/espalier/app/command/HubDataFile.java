package org.espalier.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.file.HubSnapshot;
import org.espalier.hub.repository.RepositoryName;
import picocli.CommandLine.ITypeConverter;

/** A data file, or the name of a data set on a hub, which must be in the cache and is then meant by its {@code ssui.jsonl}. */
final class HubDataFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String word) {
        Path found = HubFolder.folder(RepositoryName.Kind.DATASET, word);
        Path file = found.resolve("ssui.jsonl");
        return HubSnapshot.of(found).isPresent() && Files.exists(file) ? file : found;
    }
}
