package org.espalier.workflow.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.work.GroupRunner;
import org.espalier.picture.similar.NearSearch;
import org.espalier.ssui.pool.Pool;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which pictures of several pools look like one that stands before them.
 *
 * @param pools in the order in which their pictures count as earlier
 * @param near greatest number of differing bits of two that look alike; a chain of such pairs joins all of its pictures
 * @param out the file that names them
 */
public record PoolComparison(List<Path> pools, int near, Path out) {
    public PoolComparison {
        pools = List.copyOf(pools);
    }

    /**
     * What was found.
     *
     * @param alike that look like an earlier one
     */
    public record Result(int pictures, int alike) {}

    private record Place(int pool, String id) {}

    /** Compares them in this process. */
    public Result run(Progress progress) {
        return run(GroupRunner.HERE, progress);
    }

    /** Compares them wherever the runner has it done: the same bytes. */
    public Result run(GroupRunner runner, Progress progress) {
        List<Place> places = new ArrayList<>();
        LongStream.Builder hashes = LongStream.builder();
        for (int i = 0; i < pools.size(); i++) {
            int pool = i;
            new Pool(pools.get(i)).each(picture -> {
                places.add(new Place(pool, picture.id()));
                hashes.add(picture.phash());
            });
        }
        int[] groups = new NearSearch(hashes.build().toArray(), near).groups(runner, progress);
        int alike = 0;
        for (int i = 0; i < groups.length; i++) {
            alike += groups[i] == i ? 0 : 1;
        }
        AtomicFile.write(out, file -> {
            for (int i = 0; i < groups.length; i++) {
                if (groups[i] != i) {
                    file.write((line(places.get(i), places.get(groups[i])) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        });
        return new Result(groups.length, alike);
    }

    private String line(Place picture, Place first) {
        ObjectNode line =
                Json.object().put("pool", pools.get(picture.pool()).toString()).put("id", picture.id());
        line.put("like_pool", pools.get(first.pool()).toString()).put("like", first.id());
        return Json.line(line);
    }
}
