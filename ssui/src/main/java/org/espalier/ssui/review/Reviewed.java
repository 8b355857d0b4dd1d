package org.espalier.ssui.review;

/**
 * A draft as it stands after revision.
 *
 * @param seq its place in the store, from 1, in the order in which drafts came
 * @param original as the agents left it
 * @param current as people left it; equal to the original where nobody changed it
 * @param version how many events there have been; whoever writes names the version that was seen
 * @param opinions standing decisions that accept or reject
 * @param disputed whether those differ
 */
public record Reviewed(
        long seq, Draft original, Draft current, DraftState state, int version, int opinions, boolean disputed) {
    public String id() {
        return original.id();
    }

    /** Whether people changed its words. */
    public boolean revised() {
        return !original.wording().equals(current.wording());
    }

    Reviewed atVersion(int seen) {
        return new Reviewed(seq, original, current, state, seen, opinions, disputed);
    }
}
