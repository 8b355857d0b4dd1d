package org.espalier.endpoint.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How a provider takes batches. Every method throws an {@link IOException} where nothing, or no sense, came back. */
public interface BatchInterface {
    /** In the place of the id of a batch where there is none. */
    String NONE = "";

    /** Requests that one batch may hold. */
    int mostRequests();

    /** Bytes that one batch may hold. */
    long mostBytes();

    /** One request as it stands in the file of a batch, without line end. */
    String line(String key, String path, String body);

    /**
     * Hands a batch in.
     *
     * @param requests lines of {@link #line}
     * @param tag names it, where the provider lets it be named
     * @return the provider's id
     * @throws RefusedBatch if the provider does not take it
     */
    String create(Path requests, String tag, int count) throws IOException;

    /**
     * The newest batch that there is, by which one that is made next can be told from those before, whatever clocks show.
     *
     * @return its id, {@link #NONE} where there is none; empty where batches bear tags, which tell them apart
     */
    Optional<String> newest() throws IOException;

    /**
     * Looks for a batch that was handed in, or not, before a process ended.
     *
     * @param known ids that are others'
     */
    Optional<String> find(BatchLog.Open left, Set<String> known) throws IOException;

    /** How far a batch is. */
    State look(String id) throws IOException;

    /**
     * How far a batch is.
     *
     * @param failure why the provider did not take it after all; empty else
     */
    record State(boolean ended, long done, long total, Optional<String> failure) {}

    /**
     * Hands over what came of each request of a batch that has ended; those that are not told of did not come to an end.
     *
     * @throws UnreadableResults after the others were handed over, if some are nothing that can be read
     */
    void results(String id, Scratch scratch, Consumer<Result> each) throws IOException;

    /**
     * A file for what a server sends.
     *
     * @param most bytes that it may have: what the server sends beyond them is no result of this batch
     */
    record Scratch(Path file, long most) {}

    /**
     * What came of a request.
     *
     * @param key that it was sent under
     * @param status as of HTTP; 0 where the batch ended before it was its turn
     * @param body of the answer, as the provider's other interface would have sent it
     */
    record Result(String key, int status, String body) {
        public boolean good() {
            return status / 100 == 2;
        }
    }
}
