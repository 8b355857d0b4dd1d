package org.espalier.model.generate;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;

/** Cuts requests into batches in their own order. */
final class Batches {
    /** Pictures whose look is held at once at most, but for those of one request. */
    private static final int PICTURES = 64;

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

    /** Batches of at most so many rows; a request with more draws is spread over several. */
    static List<List<Piece>> byRows(List<Sampler.Request> requests, int rows) {
        List<List<Piece>> batches = new ArrayList<>();
        List<Piece> open = new ArrayList<>();
        int taken = 0;
        int pictures = 0;
        for (int i = 0; i < requests.size(); i++) {
            List<Draw> draws = requests.get(i).draws();
            for (int from = 0; from < draws.size(); from += rows) {
                Piece piece = new Piece(i, requests.get(i), draws.subList(from, Math.min(draws.size(), from + rows)));
                boolean full = taken + piece.draws().size() > rows || pictures + piece.pictures() > PICTURES;
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
        }
        if (!open.isEmpty()) {
            batches.add(open);
        }
        return batches;
    }

    /** Parts of one batch whose prompts, each as long as the longest of its part, hold at most so many tokens. */
    static List<List<Group>> byTokens(List<Group> groups, int tokens) {
        List<List<Group>> parts = new ArrayList<>();
        List<Group> open = new ArrayList<>();
        int longest = 0;
        for (Group group : groups) {
            int longer = Math.max(longest, group.length());
            if (!open.isEmpty() && (long) longer * (open.size() + 1) > tokens) {
                parts.add(open);
                open = new ArrayList<>();
                longer = group.length();
            }
            open.add(group);
            longest = longer;
        }
        if (!open.isEmpty()) {
            parts.add(open);
        }
        return parts;
    }
}
