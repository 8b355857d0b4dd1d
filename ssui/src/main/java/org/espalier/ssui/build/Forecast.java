package org.espalier.ssui.build;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.espalier.core.Risk;
import org.espalier.core.Turn;
import org.espalier.ssui.agent.Hearing;
import org.espalier.ssui.agent.Sketch;
import org.espalier.ssui.pool.PooledPicture;

/**
 * What a build will need at most: every sketch passes every agent, none is asked twice.
 *
 * @param pictures of the pool
 * @param sketches one a picture, and its safe twin where it has one
 */
public record Forecast(long pictures, long sketches, List<Stage> stages) {
    /** Seconds that a call takes by experience with hosted models. */
    private static final double SECONDS = 4;
    /** Side in pixels of the patch that a token of a picture stands for in most models of today. */
    private static final int PATCH = 28;

    private static final long MOST_PICTURE_TOKENS = 2500;
    private static final int LETTERS_A_TOKEN = 4;

    /** One agent: calls, tokens in and out, money. */
    public record Stage(
            String name, String endpoint, long calls, long input, long output, BigDecimal cost, int atOnce) {
        Duration time() {
            return Duration.ofMillis((long) (calls * SECONDS * 1000 / atOnce));
        }
    }

    public Forecast {
        stages = List.copyOf(stages);
    }

    static Forecast of(Collection<PooledPicture> pictures, Items items, List<Hearing> hearings) {
        long sketches =
                pictures.stream().mapToLong(picture -> items.of(picture).size()).sum();
        long seen = pictures.stream()
                .mapToLong(picture -> items.of(picture).size() * tokens(picture))
                .sum();
        PooledPicture some = pictures.iterator().next();
        List<Stage> stages = new ArrayList<>();
        for (Hearing hearing : hearings) {
            long words = sketches * words(hearing, items, some);
            long output =
                    sketches * Stages.USUAL_TOKENS.getOrDefault(hearing.agent().name(), 200);
            long input = words + (hearing.agent().seesPicture() ? seen : 0);
            stages.add(new Stage(
                    hearing.agent().name(),
                    hearing.endpoint().name(),
                    sketches,
                    input,
                    output,
                    hearing.endpoint().price(input, output),
                    hearing.endpoint().concurrency()));
        }
        return new Forecast(pictures.size(), sketches, stages);
    }

    private static long tokens(PooledPicture picture) {
        long patches = (long) Math.ceilDiv(picture.width(), PATCH) * Math.ceilDiv(picture.height(), PATCH);
        return Math.min(patches, MOST_PICTURE_TOKENS);
    }

    private static long words(Hearing hearing, Items items, PooledPicture picture) {
        Sketch blank = Sketch.blank(picture.id(), items.pool().file(picture), Risk.UNSAFE, "");
        long letters = hearing.conversation(blank).stream()
                .map(Turn::text)
                .mapToLong(String::length)
                .sum();
        // What earlier agents wrote comes to it: about as much as they answered.
        return letters / LETTERS_A_TOKEN + (hearing.agent().name().equals(Stages.FIRST) ? 0 : 150);
    }

    /** All calls. */
    public long calls() {
        return stages.stream().mapToLong(Stage::calls).sum();
    }

    /** All money. */
    public BigDecimal cost() {
        return stages.stream().map(Stage::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** How long it takes if a call takes four seconds and no limit of requests or tokens holds it up. */
    public Duration time() {
        return stages.stream().map(Stage::time).reduce(Duration.ZERO, Duration::plus);
    }

    /** For people, a line an agent. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d pictures, %d sketches; at most %d calls, if every sketch passes every agent:"
                .formatted(pictures, sketches, calls()));
        for (Stage stage : stages) {
            lines.add("  %-11s %-14s %8d calls  %11d tokens in  %10d out  cost %s"
                    .formatted(
                            stage.name(),
                            stage.endpoint(),
                            stage.calls(),
                            stage.input(),
                            stage.output(),
                            Funnel.money(stage.cost())));
        }
        lines.add("  together cost %s; about %d minutes at four seconds a call"
                .formatted(Funnel.money(cost()), Math.max(1, Math.round(time().toMillis() / 60_000.0))));
        return lines;
    }
}
