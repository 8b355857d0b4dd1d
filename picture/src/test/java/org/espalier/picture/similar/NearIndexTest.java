package org.espalier.picture.similar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.espalier.core.Progress;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearIndexTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 16})
    void findsTheSameAsComparingAllWithAll(int threshold) {
        SplittableRandom random = new SplittableRandom(5);
        NearIndex index = new NearIndex(threshold);
        long[] hashes = new long[400];
        int found = 0;
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] =
                    i % 3 == 0 || i == 0 ? random.nextLong() : flipped(hashes[random.nextInt(i)], random, threshold);
            TreeSet<Integer> near = new TreeSet<>();
            TreeSet<Integer> compared = new TreeSet<>();
            index.each(hashes[i], near::add);
            for (int j = 0; j < i; j++) {
                if (Long.bitCount(hashes[i] ^ hashes[j]) <= threshold) {
                    compared.add(j);
                }
            }
            assertThat(near).isEqualTo(compared);
            assertThat(index.first(hashes[i]).orElse(-1)).isEqualTo(compared.isEmpty() ? -1 : compared.first());
            found += compared.size();
            index.add(hashes[i]);
        }
        assertThat(found).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 16})
    void aSearchInPiecesFindsTheSameGroupsInAnyOrder(int threshold) {
        SplittableRandom random = new SplittableRandom(6);
        long[] hashes = new long[500];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] =
                    i % 3 == 0 || i == 0 ? random.nextLong() : flipped(hashes[random.nextInt(i)], random, threshold);
        }
        GroupRunner backwards = (task, first, end, taker) -> {
            try (GroupWork work = task.open(OptionalInt.empty())) {
                for (int piece = end - 1; piece >= first; piece--) {
                    taker.take(piece, work.lines(piece, _ -> {}));
                }
            }
        };
        NearSearch search = new NearSearch(hashes, threshold);

        int[] groups = LookAlikes.groups(hashes, threshold);
        assertThat(search.groups(GroupRunner.HERE, Progress.SILENT)).isEqualTo(groups);
        assertThat(search.groups(backwards, Progress.SILENT)).isEqualTo(groups);
        assertThat(IntStream.of(groups).distinct().count()).isBetween(100L, 400L);
    }

    @Test
    void groupsWhatHangsTogether() {
        // 0 and 2 differ in 4 bits, 2 and 3 in 4 others, 0 and 3 in 8: one group by way of 2.
        long[] hashes = {0L, -1L, 0xFL, 0xFFL, 0xF0F0F0F0F0F0F0F0L};

        assertThat(LookAlikes.groups(hashes, 4)).containsExactly(0, 1, 0, 0, 4);
        assertThat(LookAlikes.groups(hashes, 3)).containsExactly(0, 1, 2, 3, 4);
    }

    private static long flipped(long hash, SplittableRandom random, int bits) {
        long changed = hash;
        for (int i = 0; i < bits; i++) {
            changed ^= 1L << random.nextInt(64);
        }
        return changed;
    }
}
