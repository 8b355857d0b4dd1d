package org.espalier.hub.repository;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.espalier.core.InputException;

/**
 * A version of a repository, as a person names it.
 *
 * @param revision a branch, a tag or a commit
 */
public record HubReference(RepositoryName repository, String revision) {
    /** The branch that is meant where none is named. */
    public static final String MAIN = "main";

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._/+-]{1,200}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    public HubReference {
        if (!SAFE.matcher(revision).matches()
                || Arrays.stream(revision.split("/", -1))
                        .anyMatch(part -> part.isEmpty() || part.startsWith(".") || part.contains(".."))) {
            throw new InputException("'" + revision + "' is no name of a revision: give a branch, a tag or a commit");
        }
    }

    /**
     * Reads {@code OWNER/NAME} or {@code OWNER/NAME@REVISION}.
     *
     * @throws InputException if it is neither
     */
    public static HubReference parse(RepositoryName.Kind kind, String word) {
        int at = word.indexOf('@');
        String[] parts = (at < 0 ? word : word.substring(0, at)).split("/", -1);
        if (parts.length != 2) {
            throw new InputException(
                    "'" + word + "' is no name of a repository: write OWNER/NAME or OWNER/NAME@REVISION");
        }
        return new HubReference(new RepositoryName(kind, parts[0], parts[1]), at < 0 ? MAIN : word.substring(at + 1));
    }

    /** Whether a word could be meant as one. */
    public static boolean isOne(String word) {
        try {
            parse(RepositoryName.Kind.MODEL, word);
            return true;
        } catch (InputException e) {
            return false;
        }
    }

    /** Whether the revision is a commit, which never changes. */
    public boolean isCommit() {
        return isCommit(revision);
    }

    /** Whether a word is the name of a commit. */
    public static boolean isCommit(String word) {
        return COMMIT.matcher(word).matches();
    }

    /** As a person would write it. */
    @Override
    public String toString() {
        return revision.equals(MAIN) ? repository.id() : repository.id() + "@" + revision;
    }
}
