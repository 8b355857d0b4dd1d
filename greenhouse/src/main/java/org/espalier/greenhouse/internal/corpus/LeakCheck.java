package org.espalier.greenhouse.internal.corpus;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.internal.picture.Drawing;
import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.internal.picture.ScenePainter;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathReader;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.World;
import org.espalier.picture.PictureReader;

/**
 * Looks at training texts for what a base model must not have seen: a question of given data files (equal pixels and
 * equal query), a held-out pair in the form of a path, a held-out drawing. It reads the texts as they are and trusts
 * nothing of how they were made. Facts in words, without picture, verdict or answer, may speak of
 * held-out pairs, and so may first looks that stop before the fact.
 */
public final class LeakCheck {
    /** Something in a training text that belongs to the tests alone. */
    public record Leak(Kind kind, String what) {
        /** What has leaked. */
        public enum Kind {
            /** A picture together with its query. */
            QUESTION,
            /** A held-out combination in the form of a path. */
            COMBINATION,
            /** A held-out drawing. */
            DRAWING
        }
    }

    private final Split split;
    private final PathReader reader;
    private final ScenePainter painter;
    private final PictureReader pictures = new PictureReader();
    private final Set<String> questions = new HashSet<>();

    /** Checks against a split and against the questions of data files, which are read with their pictures. */
    public LeakCheck(World world, Split split, List<Path> dataFiles) {
        this.split = split;
        this.reader = new PathReader(world);
        this.painter = new ScenePainter();
        for (Path file : dataFiles) {
            for (SsuiSample sample : SsuiFile.read(file)) {
                questions.add(key(
                        pictures.read(sample.question().image()).rgb(),
                        sample.question().query()));
            }
        }
    }

    /** What has leaked into one training text; empty if nothing has. */
    public List<Leak> look(CorpusItem item) {
        List<Leak> leaks = new ArrayList<>();
        boolean pictured = item.messages().stream().anyMatch(m -> m.scene().isPresent());
        for (CorpusItem.Message message : item.messages()) {
            message.scene().ifPresent(scene -> look(scene, message.text(), leaks));
            look(message.text(), pictured, leaks);
        }
        return leaks;
    }

    private void look(Scene scene, String query, List<Leak> leaks) {
        for (Scene.Item item : scene.items()) {
            Drawing drawing = item.drawing();
            if (split.holdsOut(drawing)) {
                leaks.add(new Leak(Leak.Kind.DRAWING, drawing.key()));
            }
        }
        if (questions.contains(key(painter.paint(scene), query))) {
            leaks.add(new Leak(Leak.Kind.QUESTION, query));
        }
    }

    private void look(String text, boolean pictured, List<Leak> leaks) {
        List<Claim> claims = reader.read(new ReasoningPath(text.lines().toList()));
        boolean path = pictured
                || claims.stream()
                        .anyMatch(c ->
                                c instanceof Claim.Verdict || c instanceof Claim.Refusal || c instanceof Claim.Help);
        boolean looksOnly = claims.stream().allMatch(c -> c instanceof Claim.Seen || c instanceof Claim.Asked);
        if (!path || looksOnly) {
            return;
        }
        for (Claim claim : claims) {
            for (Pair pair : pairs(claim, claims)) {
                if (split.holdsOut(pair)) {
                    leaks.add(new Leak(Leak.Kind.COMBINATION, pair.key()));
                }
            }
        }
    }

    private static List<Pair> pairs(Claim claim, List<Claim> path) {
        return switch (claim) {
            case Claim.Choice choice ->
                path.stream()
                        .filter(Claim.Fact.class::isInstance)
                        .map(fact -> Pair.of(((Claim.Fact) fact).first(), choice.chosen()))
                        .toList();
            case Claim.Seen seen -> List.of(seen.pair());
            case Claim.Fact fact -> List.of(Pair.of(fact.first(), fact.second()));
            case Claim.Refusal no -> List.of(Pair.of(no.first(), no.second()), Pair.of(no.first(), no.alternative()));
            case Claim.Help yes -> List.of(Pair.of(yes.first(), yes.second()));
            case Claim.Asked _, Claim.Effect _, Claim.Verdict _, Claim.Plan _, Claim.Unclear _ -> List.of();
        };
    }

    private static String key(byte[] pixels, String query) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(pixels);
            return HexFormat.of().formatHex(digest.digest(query.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
