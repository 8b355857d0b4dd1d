package org.espalier.ssui.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.core.UnusablePictureException;
import org.espalier.core.text.Counted;
import org.espalier.endpoint.Endpoint;
import org.espalier.picture.PictureReader;
import org.espalier.ssui.agent.AgentCall;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;

/**
 * What becomes of pictures that an endpoint does not take as they are, by their first bytes and headers.
 *
 * @param copied of which a smaller JPEG is sent, each with why, by endpoint
 * @param unusable that are no pictures: their samples would be dropped
 */
record PictureForecast(Map<String, List<String>> copied, List<String> unusable) {
    private static final int NAMED = 5;

    static PictureForecast of(Pool pool, Collection<PooledPicture> pictures, List<AgentCall> calls) {
        List<Endpoint> shown = calls.stream()
                .filter(call -> call.agent().seesPicture())
                .map(AgentCall::endpoint)
                .distinct()
                .toList();
        PictureForecast forecast = new PictureForecast(new TreeMap<>(), new ArrayList<>());
        pictures.forEach(picture -> forecast.look(picture, pool, shown));
        return forecast;
    }

    private void look(PooledPicture picture, Pool pool, List<Endpoint> shown) {
        try {
            new PictureReader().size(pool.file(picture));
            for (Endpoint endpoint : shown) {
                Optional<String> why = endpoint.pictures().against(pool.file(picture));
                why.ifPresent(clause -> copied.computeIfAbsent(endpoint.name(), _ -> new ArrayList<>())
                        .add(picture.image() + " " + clause));
            }
        } catch (UnusablePictureException e) {
            unusable.add(String.valueOf(e.getMessage()));
        }
    }

    /** For people; none where every picture is sent as it is. */
    Stream<String> lines() {
        return Stream.concat(
                copied.entrySet().stream()
                        .map(entry -> "  " + Counted.of(entry.getValue().size(), "picture") + " sent to "
                                + entry.getKey() + " as a smaller JPEG copy: " + some(entry.getValue(), ", ")),
                unusable.isEmpty()
                        ? Stream.empty()
                        : Stream.of("  " + Counted.of(unusable.size(), "picture") + " that would be dropped: "
                                + some(unusable, " ")));
    }

    private static String some(List<String> all, String between) {
        String named = String.join(between, all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? named + between + "and " + (all.size() - NAMED) + " more" : named;
    }
}
