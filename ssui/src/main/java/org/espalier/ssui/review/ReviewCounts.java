package org.espalier.ssui.review;

/** How far revision has come. */
public record ReviewCounts(
        long drafts, long accepted, long rejected, long disputed, long revised, long severalOpinions) {
    public long total() {
        return drafts + accepted + rejected;
    }

    public long decided() {
        return accepted + rejected;
    }
}
