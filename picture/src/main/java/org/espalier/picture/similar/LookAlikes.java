package org.espalier.picture.similar;

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
        Chains chains = new Chains(hashes.length);
        NearIndex index = new NearIndex(threshold);
        for (int i = 0; i < hashes.length; i++) {
            int self = i;
            index.each(hashes[i], near -> chains.join(near, self));
            index.add(hashes[i]);
        }
        return chains.groups();
    }
}
