package org.espalier.picture.similar;

import java.util.Arrays;

/** Groups that pairs join: each is named by its first member. */
final class Chains {
    private final int[] parent;

    Chains(int size) {
        parent = new int[size];
        Arrays.setAll(parent, i -> i);
    }

    /** Puts two into one group; whether they were in two. */
    boolean join(int one, int other) {
        int a = root(one);
        int b = root(other);
        parent[Math.max(a, b)] = Math.min(a, b);
        return a != b;
    }

    /** The group of each. */
    int[] groups() {
        for (int i = 0; i < parent.length; i++) {
            parent[i] = root(i);
        }
        return parent.clone();
    }

    private int root(int of) {
        int at = of;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
