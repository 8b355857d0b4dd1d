package org.espalier.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.file.HubSnapshot;
import org.espalier.hub.HubCache;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A folder of a model or adapter, or the name of one on a hub, which must be in the cache: nothing is fetched unasked. */
final class HubFolder implements ITypeConverter<Path> {
    @Override
    public Path convert(String word) {
        return folder(RepositoryName.Kind.MODEL, word);
    }

    static Path folder(RepositoryName.Kind kind, String word) {
        try {
            Path path = Values.path(word);
            return Files.exists(path) || !HubReference.isOne(word)
                    ? path
                    : new HubCache(HubPlace.of(Map.copyOf(System.getenv())).cache())
                            .require(HubReference.parse(kind, word));
        } catch (InputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** A file or folder of data, or the name of a data set on a hub, which must be in the cache. */
    static final class OfData implements ITypeConverter<Path> {
        @Override
        public Path convert(String word) {
            return folder(RepositoryName.Kind.DATASET, word);
        }
    }

    /** A data file, or likewise the name of a data set, which is then meant by its {@code ssui.jsonl}. */
    static final class DataFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String word) {
            Path found = folder(RepositoryName.Kind.DATASET, word);
            Path file = found.resolve("ssui.jsonl");
            return HubSnapshot.of(found).isPresent() && Files.exists(file) ? file : found;
        }
    }
}
