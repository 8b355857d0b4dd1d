package org.espalier.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.Folders;
import org.espalier.core.file.TextFile;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;

/**
 * The cache of what comes from hubs, in the layout that {@code huggingface_hub} made the standard: below a folder for each
 * repository the {@code blobs} with their hashes as names, {@code refs} from branches and tags to commits, and for each commit a
 * folder in {@code snapshots} whose files are links to blobs.
 */
public record HubCache(Path folder) {
    /** The folder of a version that is here; nothing is asked or fetched. */
    public Optional<Path> find(HubReference what) {
        Path repository = repository(what.repository());
        String commit = what.revision();
        if (!what.isCommit()) {
            Path reference = repository.resolve("refs").resolve(what.revision());
            if (!Files.isRegularFile(reference)) {
                return Optional.empty();
            }
            commit = TextFile.read(reference).strip();
            if (!HubReference.isCommit(commit)) {
                throw new InputException(
                        reference + " should hold a commit: fetch it again with 'espalier pull " + what + "'");
            }
        }
        return Optional.of(repository.resolve("snapshots").resolve(commit)).filter(Files::isDirectory);
    }

    /**
     * The same, which must be here.
     *
     * @throws InputException if it is not; says how to get it
     */
    public Path require(HubReference what) {
        return find(what).orElseThrow(() -> {
            String flag = what.repository().kind() == RepositoryName.Kind.DATASET ? " --data" : "";
            List<String> others = others(what.repository());
            return new InputException(what + " is no folder, and not in the hub's cache " + folder
                    + (others.isEmpty() ? "" : " (which has it at " + String.join(", ", others) + ")")
                    + ": fetch it with 'espalier pull " + what + flag + "', or name a folder");
        });
    }

    private List<String> others(RepositoryName name) {
        Path snapshots = repository(name).resolve("snapshots");
        if (!Files.isDirectory(snapshots)) {
            return List.of();
        }
        return Folders.list(snapshots).stream()
                .map(version -> String.valueOf(version.getFileName()))
                .limit(3)
                .toList();
    }

    /** The folder of a repository. */
    public Path repository(RepositoryName name) {
        return folder.resolve(name.folder());
    }
}
