package org.espalier.app.command;

import java.nio.file.Path;
import org.espalier.hub.repository.RepositoryName;
import picocli.CommandLine.ITypeConverter;

/** A file or folder of data, or the name of a data set on a hub, which must be in the cache. */
final class HubDataFolder implements ITypeConverter<Path> {
    @Override
    public Path convert(String word) {
        return HubFolder.folder(RepositoryName.Kind.DATASET, word);
    }
}
