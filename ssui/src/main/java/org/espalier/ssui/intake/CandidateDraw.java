package org.espalier.ssui.intake;

import java.util.List;
import java.util.TreeMap;

/** Keeps the candidates of lowest rank out of any number: a sample that does not depend on the order of the rows. */
public final class CandidateDraw {
    private final long seed;
    private final int most;
    private final TreeMap<Rank, Candidate> kept = new TreeMap<>();
    private long rows;
    private long present;

    /** @param most how many are kept */
    CandidateDraw(long seed, int most) {
        this.seed = seed;
        this.most = most;
    }

    /**
     * Counts a row whose picture is there, and says whether it may be kept: ask before doing more work for it.
     *
     * @param key as in the candidate's source
     */
    public boolean wants(String collection, String key) {
        rows++;
        present++;
        return kept.size() < most || Rank.of(seed, collection, key).compareTo(kept.lastKey()) < 0;
    }

    /** Counts a row whose picture is not there. */
    public void passOver() {
        rows++;
    }

    /** Takes a candidate that was wanted. */
    public void take(Candidate candidate) {
        kept.putIfAbsent(Rank.of(seed, candidate.source()), candidate);
        if (kept.size() > most) {
            kept.pollLastEntry();
        }
    }

    /** Rows that were told. */
    long rows() {
        return rows;
    }

    /** Of them, those whose picture is there. */
    long present() {
        return present;
    }

    /** Those kept, by rank. */
    List<Candidate> kept() {
        return List.copyOf(kept.values());
    }
}
