package org.espalier.model.generate;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;
import org.espalier.model.internal.batch.SharedPrompt;

/** Cuts requests into batches in their own order. */
final class Batches {
    /** Pictures whose features are held at once at most, but for those of one request. */
    static final int PICTURES = 64;

    /**
     * Some draws of one request.
     *
     * @param number of the request
     */
    record Piece(int number, Sampler.Request request, List<Draw> draws) {
        private int pictures() {
            return request.conversation().stream()
                    .mapToInt(turn -> turn.images().size())
                    .sum();
        }
    }

    private Batches() {}

    /** Requests in pieces of at most so many sequences. */
    static List<Piece> pieces(List<Sampler.Request> requests, int most) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            List<Draw> draws = requests.get(i).draws();
            for (int from = 0; from < draws.size(); from += most) {
                pieces.add(new Piece(i, requests.get(i), draws.subList(from, Math.min(draws.size(), from + most))));
            }
        }
        return pieces;
    }

    /** Batches of at most so many sequences, which none of the pieces has more of. */
    static List<List<Piece>> bySequences(List<Piece> pieces, int most) {
        List<List<Piece>> batches = new ArrayList<>();
        List<Piece> open = new ArrayList<>();
        int taken = 0;
        int pictures = 0;
        for (Piece piece : pieces) {
            boolean full = taken + piece.draws().size() > most || pictures + piece.pictures() > PICTURES;
            if (full && !open.isEmpty()) {
                batches.add(open);
                open = new ArrayList<>();
                taken = 0;
                pictures = 0;
            }
            open.add(piece);
            taken += piece.draws().size();
            pictures += piece.pictures();
        }
        if (!open.isEmpty()) {
            batches.add(open);
        }
        return batches;
    }

    /** Parts of one batch whose prompts, each as long as the longest of its part, hold at most so many tokens. */
    static List<List<SharedPrompt>> byTokens(List<SharedPrompt> prompts, int tokens) {
        List<List<SharedPrompt>> parts = new ArrayList<>();
        List<SharedPrompt> open = new ArrayList<>();
        int longest = 0;
        for (SharedPrompt prompt : prompts) {
            int longer = Math.max(longest, prompt.length());
            if (!open.isEmpty() && (long) longer * (open.size() + 1) > tokens) {
                parts.add(open);
                open = new ArrayList<>();
                longer = prompt.length();
            }
            open.add(prompt);
            longest = longer;
        }
        if (!open.isEmpty()) {
            parts.add(open);
        }
        return parts;
    }
}
