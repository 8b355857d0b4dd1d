package org.espalier.picture.similar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.espalier.core.Progress;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;

/**
 * The groups of {@link LookAlikes} of so many pictures that their search is divided: two near hashes agree in a whole part, so that
 * each piece compares those that agree in one part, and of these a share by what they agree on. What a piece finds is lines that
 * join; their order changes nothing.
 *
 * @param hashes which go along to whoever does a piece
 * @param threshold greatest number of differing bits of two that look alike
 */
public record NearSearch(long[] hashes, int threshold) implements GroupTask {
    /** Shares of a part. */
    private static final int SHARES = 16;

    public NearSearch {
        if (threshold < 0 || threshold > NearIndex.GREATEST) {
            throw new IllegalArgumentException("threshold " + threshold);
        }
    }

    private int parts() {
        return threshold + 1;
    }

    /** Into how many pieces it is divided. */
    public int pieces() {
        return SHARES * parts();
    }

    /** The group of each hash, named by its first member, wherever the runner has the pieces done. */
    public int[] groups(GroupRunner runner, Progress progress) {
        Chains chains = new Chains(hashes.length);
        runner.run(this, 0, pieces(), new GroupRunner.Taker() {
            @Override
            public void take(int piece, List<String> lines) {
                for (String line : lines) {
                    int blank = line.indexOf(' ');
                    chains.join(
                            Integer.parseInt(line, 0, blank, 10), Integer.parseInt(line, blank + 1, line.length(), 10));
                }
                heard(piece + 1, 0);
            }

            @Override
            public void heard(int piece, int done) {
                progress.at("comparing pictures", piece, pieces(), "");
            }
        });
        return chains.groups();
    }

    @Override
    public GroupWork open(OptionalInt gpu) {
        return (piece, heard) -> joins(piece / SHARES, piece % SHARES);
    }

    /** Pairs that join all that this piece finds to be near, each once: the later number, a blank, the earlier one. */
    private List<String> joins(int part, int share) {
        Map<Long, Numbers> buckets = new HashMap<>();
        Chains chains = new Chains(hashes.length);
        List<String> joins = new ArrayList<>();
        for (int i = 0; i < hashes.length; i++) {
            long agreed = NearIndex.part(hashes[i], part, parts());
            if (Long.remainderUnsigned(agreed, SHARES) == share) {
                Numbers bucket = buckets.computeIfAbsent(agreed, _ -> new Numbers());
                for (int j = 0; j < bucket.size(); j++) {
                    int earlier = bucket.get(j);
                    if (PerceptualHash.distance(hashes[i], hashes[earlier]) <= threshold && chains.join(earlier, i)) {
                        joins.add(i + " " + earlier);
                    }
                }
                bucket.add(i);
            }
        }
        return joins;
    }
}
