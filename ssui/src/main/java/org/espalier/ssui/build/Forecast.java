package org.espalier.ssui.build;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.Risk;
import org.espalier.core.Turn;
import org.espalier.endpoint.Endpoint;
import org.espalier.ssui.agent.Hearing;
import org.espalier.ssui.agent.Sketch;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.store.work.StageCount;

/**
 * What a build has still to do: what is to be expected if every sketch passes every agent and none is asked twice, and
 * the most there can be if every answer has to be repaired and every try is needed.
 *
 * @param pictures of the pool
 * @param sketches one a picture, and its safe twin where it has one
 * @param over of them, those that have come to their end
 * @param time by experience, and within the endpoints' limits
 */
public record Forecast(long pictures, long sketches, long over, List<Stage> stages, Duration time) {
    /** Seconds that a call takes by experience with hosted models. */
    private static final double SECONDS = 4;
    /** Side in pixels of the patch that a token of a picture stands for in most models of today. */
    private static final int PATCH = 28;

    private static final long MOST_PICTURE_TOKENS = 2500;
    private static final int LETTERS_A_TOKEN = 4;
    /** Tokens of what earlier agents wrote, by experience, and at most, by the lengths that are accepted. */
    private static final long USUAL_BEFORE = 150;

    private static final long MOST_BEFORE = 2500;
    /** Of the words that ask for a repair. */
    private static final long COMPLAINT = 200;

    /**
     * One agent: calls, tokens in and out, money.
     *
     * @param mostCalls if every answer is repaired and every try needed
     * @param mostCost of these, with the longest answers
     */
    public record Stage(
            String name,
            String endpoint,
            long calls,
            long input,
            long output,
            BigDecimal cost,
            long mostCalls,
            BigDecimal mostCost) {}

    public Forecast {
        stages = List.copyOf(stages);
    }

    /** @param done how the stages stand already */
    static Forecast of(
            Collection<PooledPicture> pictures, Items items, List<Hearing> hearings, Map<String, StageCount> done) {
        long sketches =
                pictures.stream().mapToLong(picture -> items.of(picture).size()).sum();
        long seen = pictures.stream()
                        .mapToLong(picture -> items.of(picture).size() * tokens(picture))
                        .sum()
                / sketches;
        PooledPicture some = pictures.iterator().next();
        List<Stage> stages = new ArrayList<>();
        long left = sketches;
        for (int i = 0; i < hearings.size(); i++) {
            Hearing hearing = hearings.get(i);
            long ended = count(done, hearing).done() + count(done, hearing).dead();
            long input = words(hearing, items, some) + (hearing.agent().seesPicture() ? seen : 0);
            stages.add(stage(hearing, left - ended, input));
            left -= ended;
            // Those that went on are still to come at the stages behind.
            left += i + 1 < hearings.size() ? count(done, hearings.get(i + 1)).total() : 0;
        }
        return new Forecast(pictures.size(), sketches, sketches - left, stages, time(hearings, stages));
    }

    private static StageCount count(Map<String, StageCount> done, Hearing hearing) {
        String name = hearing.agent().name();
        return done.getOrDefault(name, new StageCount(name, 0, 0, 0, 0));
    }

    /** @param input tokens of one call */
    private static Stage stage(Hearing hearing, long calls, long input) {
        Endpoint endpoint = hearing.endpoint();
        String name = hearing.agent().name();
        long before = name.equals(Stages.FIRST) ? 0 : 1;
        long output = calls * Stages.USUAL_TOKENS.getOrDefault(name, 200);
        long tries = calls * hearing.tries();
        long longest = hearing.sampling().maxTokens();
        long mostInput = 2 * (input + before * MOST_BEFORE) + longest + COMPLAINT;
        long usualInput = calls * (input + before * USUAL_BEFORE);
        return new Stage(
                name,
                endpoint.name(),
                calls,
                usualInput,
                output,
                endpoint.price(usualInput, output),
                2 * tries,
                endpoint.price(tries * mostInput, 2 * tries * longest));
    }

    /** Agents of one endpoint share its places and its limits; endpoints work beside each other. */
    private static Duration time(List<Hearing> hearings, List<Stage> stages) {
        Map<Endpoint, long[]> loads = new LinkedHashMap<>();
        for (int i = 0; i < stages.size(); i++) {
            long[] load = loads.computeIfAbsent(hearings.get(i).endpoint(), _ -> new long[2]);
            load[0] += stages.get(i).calls();
            load[1] += stages.get(i).input() + stages.get(i).output();
        }
        return loads.entrySet().stream()
                .map(entry -> longer(
                        Duration.ofMillis((long) (entry.getValue()[0]
                                * SECONDS
                                * 1000
                                / entry.getKey().concurrency())),
                        entry.getKey().atLeast(entry.getValue()[0], entry.getValue()[1])))
                .reduce(Duration.ZERO, Forecast::longer);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static long tokens(PooledPicture picture) {
        long patches = (long) Math.ceilDiv(picture.width(), PATCH) * Math.ceilDiv(picture.height(), PATCH);
        return Math.min(patches, MOST_PICTURE_TOKENS);
    }

    private static long words(Hearing hearing, Items items, PooledPicture picture) {
        Sketch blank = Sketch.blank(picture.id(), items.pool().file(picture), Risk.UNSAFE, "");
        return hearing.conversation(blank).stream()
                        .map(Turn::text)
                        .mapToLong(String::length)
                        .sum()
                / LETTERS_A_TOKEN;
    }

    /** All calls to be expected. */
    public long calls() {
        return stages.stream().mapToLong(Stage::calls).sum();
    }

    /** All money to be expected. */
    public BigDecimal cost() {
        return stages.stream().map(Stage::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Money to be expected of one endpoint. */
    public BigDecimal cost(String endpoint) {
        return stages.stream()
                .filter(stage -> stage.endpoint().equals(endpoint))
                .map(Stage::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Calls that can become necessary. */
    public long mostCalls() {
        return stages.stream().mapToLong(Stage::mostCalls).sum();
    }

    /** Money that these can cost. */
    public BigDecimal mostCost() {
        return stages.stream().map(Stage::mostCost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** For people, a line an agent. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d pictures, %d sketches%s; about %d calls, if every sketch passes every agent:"
                .formatted(
                        pictures, sketches, over > 0 ? " of which " + over + " have come to their end" : "", calls()));
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
        lines.add("  together cost %s; about %s at four seconds a call and within the endpoints' limits"
                .formatted(Funnel.money(cost()), minutes()));
        lines.add("  at most %d calls and cost %s, if every answer is too long, repaired once, and every try needed"
                .formatted(mostCalls(), Funnel.money(mostCost())));
        return lines;
    }

    private String minutes() {
        long minutes = Math.max(1, Math.round(time.toMillis() / 60_000.0));
        return minutes == 1 ? "a minute" : minutes + " minutes";
    }
}
