package org.espalier.studio;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.espalier.studio.internal.page.Assets;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.internal.web.Refused;
import org.espalier.studio.internal.web.Request;
import org.espalier.studio.internal.web.Response;
import org.espalier.studio.internal.web.Server;
import org.espalier.studio.internal.web.Site;
import org.espalier.studio.review.Review;
import org.espalier.studio.review.ReviewPages;
import org.espalier.studio.run.ComparePages;
import org.espalier.studio.run.RunPages;
import org.espalier.studio.run.RunPlace;

/** The web application, on the loopback address from when it is started until it is closed. Thread-safe. */
public final class Studio implements AutoCloseable {
    private final Server server;

    private Studio(Server server) {
        this.server = server;
    }

    /**
     * Starts.
     *
     * @param port 0 for any that is free
     * @param reviews drafts to revise; the names of reviews are unique, and so are those of runs
     * @param runs to look at
     */
    public static Studio start(int port, List<Review> reviews, List<RunPlace> runs) {
        return new Studio(Server.start(port, new Rooms(reviews, runs)));
    }

    /** Where to look, with the token that lets a browser in. */
    public URI address() {
        return server.address();
    }

    /** How many requests it has answered. */
    public long answered() {
        return server.answered();
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Rooms implements Site {
        private final Assets assets = new Assets();
        private final Frame frame = new Frame(assets);
        private final HomePages home;
        private final Map<String, ReviewPages> reviews = new LinkedHashMap<>();
        private final Map<String, RunPages> runs = new LinkedHashMap<>();
        private final Map<String, ComparePages> comparisons = new ConcurrentHashMap<>();

        Rooms(List<Review> reviews, List<RunPlace> runs) {
            this.home = new HomePages(frame, reviews, runs);
            reviews.forEach(review -> this.reviews.put(review.name(), new ReviewPages(review, frame)));
            runs.forEach(run -> this.runs.put(run.name(), new RunPages(run, runs, frame, Clock.systemUTC())));
        }

        @Override
        public Response answer(Request request) {
            String part = request.part(0);
            if (part.equals("assets")) {
                return assets.find(request.path()).orElseThrow(Rooms::unknown);
            }
            if (part.equals("who")) {
                return home.who(request);
            }
            Optional<String> reviewer = request.session().reviewer();
            if (reviewer.isEmpty()) {
                return Response.to("/who"
                        + FormFields.NONE
                                .with("then", request.path() + request.query().query())
                                .query());
            }
            return switch (part) {
                case "" -> home.list(request);
                case "review" -> found(reviews, request).answer(request, reviewer.get());
                case "run" -> found(runs, request).answer(request, reviewer.get());
                case "compare" -> compared(request).answer(request, frame);
                default -> throw unknown();
            };
        }

        /** Made when it is asked for first: any two runs can be compared. */
        private ComparePages compared(Request request) {
            RunPages one = Optional.ofNullable(runs.get(request.part(1))).orElseThrow(Rooms::unknown);
            RunPages other = Optional.ofNullable(runs.get(request.part(2))).orElseThrow(Rooms::unknown);
            return comparisons.computeIfAbsent(
                    request.part(1) + "/" + request.part(2), _ -> ComparePages.of(one, other));
        }

        private static <T> T found(Map<String, T> named, Request request) {
            return Optional.ofNullable(named.get(request.part(1))).orElseThrow(Rooms::unknown);
        }

        private static Refused unknown() {
            return Refused.unknown("The studio has no page of this address.");
        }

        @Override
        public Response refusal(int status, String sentence) {
            return Response.page(status, frame.refusal(status, sentence));
        }
    }
}
