package org.espalier.srpo.explore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;

/**
 * A small language model for tests: a random grammar that writes two to five lines "step WORD" and a last line "so yes"
 * or "so no". Each line that says "bad" makes "so no" likelier. What it writes is a function of (seed, key, step,
 * sample) and of the text before the cut. Its tokens are words with the white space before them, as in byte-pair
 * vocabularies, so that a line end and the next word are one token, unless {@code lineEndTokens}.
 */
final class GrammarSampler implements Sampler {
    private static final int END = 0;
    private static final Pattern GLUED = Pattern.compile("\\s*\\S+|\\s+");
    private static final Pattern APART = Pattern.compile("\n| ?[^\\s]+");

    private final Pattern piece;
    final Set<String> drawnOnce = new HashSet<>();
    int calls;
    int draws;

    GrammarSampler(boolean lineEndTokens) {
        this.piece = lineEndTokens ? APART : GLUED;
    }

    @Override
    public List<List<Continuation>> sample(List<Request> requests, Sampling sampling) {
        calls++;
        return requests.stream()
                .map(request -> request.draws().stream()
                        .map(draw -> draw(request, draw, sampling))
                        .toList())
                .toList();
    }

    private Continuation draw(Request request, Draw draw, Sampling sampling) {
        draws++;
        String name = request.key() + "|" + draw.step() + "|" + draw.sample();
        if (!drawnOnce.add(name)) {
            throw new AssertionError(name + " was drawn twice");
        }
        int turns = request.conversation().size();
        String before = request.stem().text().substring(0, draw.cut().chars());
        if (!tokens(before).equals(request.stem().tokens().subList(0, draw.cut().tokens()))) {
            throw new AssertionError("the cut of " + name + " is not between tokens");
        }
        SplittableRandom random =
                new SplittableRandom((sampling.seed() + "|" + turns + "|" + name + "|" + before).hashCode());
        String text = write(request.key(), before, random);
        List<Integer> tokens = tokens(text);
        boolean cut = tokens.size() >= sampling.maxTokens();
        if (cut) {
            tokens = tokens.subList(0, sampling.maxTokens());
            text = text.substring(0, end(text, tokens.size()));
        } else {
            tokens.add(END);
        }
        List<Double> logprobs = tokens.stream().map(id -> -1.0 / (1 + id % 97)).toList();
        return new Continuation(text, tokens, logprobs, cut ? Continuation.End.LENGTH : Continuation.End.FINISHED);
    }

    /** Keys that begin with a letter of "never", "always", "mute" or "short" behave so. */
    private static String write(String key, String before, SplittableRandom random) {
        if (key.startsWith("mute")) {
            return "";
        }
        if (key.startsWith("short")) {
            return random.nextBoolean() ? "yes" : "no";
        }
        StringBuilder text = new StringBuilder();
        boolean fresh = before.isEmpty() || before.endsWith("\n");
        int lines = 2 + random.nextInt(3) - (int) Math.min(1, before.lines().count());
        for (int i = 0; i < lines; i++) {
            text.append(fresh ? "" : "\n")
                    .append("step ")
                    .append(random.nextInt(100) < 30 ? "bad" : "good")
                    .append(random.nextInt(20));
            fresh = false;
        }
        int bad = (before + text).split("bad", -1).length - 1;
        boolean yes = key.startsWith("always") || (!key.startsWith("never") && random.nextInt(100) >= 15 + 40 * bad);
        return text.append(fresh ? "" : "\n")
                .append("so ")
                .append(yes ? "yes" : "no")
                .toString();
    }

    private int end(String text, int count) {
        Matcher pieces = piece.matcher(text);
        int end = 0;
        for (int i = 0; i < count && pieces.find(); i++) {
            end = pieces.end();
        }
        return end;
    }

    @Override
    public List<Cut> cuts(Continuation text, List<Integer> chars) {
        List<Cut> cuts = new ArrayList<>();
        for (int at : chars) {
            Matcher pieces = piece.matcher(text.text());
            int tokens = 0;
            int end = 0;
            while (end < at && pieces.find()) {
                end = pieces.end();
                tokens++;
            }
            cuts.add(new Cut(tokens, end));
        }
        return cuts;
    }

    @Override
    public List<Integer> tokens(String text) {
        List<Integer> tokens = new ArrayList<>();
        piece.matcher(text)
                .results()
                .forEach(found -> tokens.add(1 + (found.group().hashCode() & 0xFFFF)));
        return tokens;
    }
}
