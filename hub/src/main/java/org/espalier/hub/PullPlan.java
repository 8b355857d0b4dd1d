package org.espalier.hub;

import java.util.List;
import org.espalier.hub.repository.RemoteFile;

/**
 * What a fetch would do.
 *
 * @param commit that the revision is now
 * @param files that would be in the folder
 * @param here bytes of them that are in the cache already
 * @param leftOut files of the repository that are not wanted
 */
public record PullPlan(String commit, List<RemoteFile> files, long here, List<RemoteFile> leftOut) {
    public PullPlan {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
    }

    /** Bytes of all files. */
    public long bytes() {
        return files.stream().mapToLong(RemoteFile::bytes).sum();
    }
}
