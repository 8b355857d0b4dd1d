package org.espalier.core.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One version of a repository in the cache that programs share for what comes from a Hugging Face hub, known by its place:
 * {@code models--OWNER--NAME/snapshots/COMMIT}, or {@code datasets--...}.
 *
 * @param repository as {@code OWNER/NAME}
 * @param commit 40 hexadecimal digits
 */
public record HubSnapshot(String repository, String commit) {
    private static final Pattern REPOSITORY =
            Pattern.compile("(?:models|datasets)--([A-Za-z0-9_][A-Za-z0-9._-]*?)--([A-Za-z0-9._-]+)");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** The version that a file or folder belongs to; empty where it lies in no such cache. */
    public static Optional<HubSnapshot> of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (int i = 0; i + 2 < whole.getNameCount(); i++) {
            Matcher repository = REPOSITORY.matcher(whole.getName(i).toString());
            String commit = whole.getName(i + 2).toString();
            if (whole.getName(i + 1).toString().equals("snapshots")
                    && COMMIT.matcher(commit).matches()
                    && repository.matches()) {
                return Optional.of(new HubSnapshot(repository.group(1) + "/" + repository.group(2), commit));
            }
        }
        return Optional.empty();
    }

    /** What to call a file or folder to somebody on another machine: the repository's name where it is one, else its path. */
    public static String nameOf(Path path) {
        return of(path).map(HubSnapshot::repository).orElse(path.toString());
    }

    @Override
    public String toString() {
        return repository + "@" + commit;
    }
}
