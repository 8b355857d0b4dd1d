package org.espalier.picture.similar;

import java.util.Arrays;

/** Puts pictures into groups: two that look alike are in one group, and so are all that a chain of such pairs joins. */
public final class LookAlikes {
    private LookAlikes() {}

    /**
     * The group of each hash, named by its first member.
     *
     * @param threshold greatest number of differing bits of two that look alike
     * @return as many numbers as there are hashes
     */
    public static int[] groups(long[] hashes, int threshold) {
        int[] parent = new int[hashes.length];
        Arrays.setAll(parent, i -> i);
        NearIndex index = new NearIndex(threshold);
        for (int i = 0; i < hashes.length; i++) {
            int self = i;
            index.each(hashes[i], near -> join(parent, near, self));
            index.add(hashes[i]);
        }
        for (int i = 0; i < parent.length; i++) {
            parent[i] = root(parent, i);
        }
        return parent;
    }

    private static void join(int[] parent, int one, int other) {
        int a = root(parent, one);
        int b = root(parent, other);
        parent[Math.max(a, b)] = Math.min(a, b);
    }

    private static int root(int[] parent, int of) {
        int at = of;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
