package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.Labelled;
import org.espalier.core.Risk;
import org.espalier.store.Statements;
import org.espalier.store.Store;

/** Finds drafts: lists, neighbours, and what a reviewer is to look at next. */
record DraftQueue(Store store, SearchIndex words, Clock clock) {
    /** How long a draft that was handed to a reviewer is kept from the others. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final int SOME = 500;
    private static final String ROWS =
            "select d.seq, d.id, d.image, t.query, d.category, d.risk, d.state, d.opinions, d.disputed, d.revised";

    DraftList page(Filter filter, int number, int size) {
        FilterSql fits = FilterSql.of(filter, words);
        return store.read(connection -> {
            if (!filter.words().isEmpty()) {
                Optional<DraftList> found = searched(connection, fits, Math.max(1, number), size);
                if (found.isPresent()) {
                    return found.get();
                }
            }
            long total = Statements.list(
                            connection,
                            row -> row.getLong(1),
                            "select count(*) from draft where " + fits.sql(),
                            fits.values())
                    .getFirst();
            long last = Math.max(1, (total + size - 1) / size);
            int shown = (int) Math.clamp(number, 1, last);
            List<DraftRow> rows = Statements.list(
                    connection,
                    DraftQueue::row,
                    ROWS + " from draft d join draft_text t on t.seq = d.seq where d.seq in"
                            + " (select seq from draft where " + fits.sql() + " order by seq limit ? offset ?)"
                            + " order by d.seq",
                    fits.values(size, (long) (shown - 1) * size));
            return new DraftList(rows, shown, size, total);
        });
    }

    /** Searches once for the list and its count, which costs more than both; empty where no draft is on that page. */
    private static Optional<DraftList> searched(Connection connection, FilterSql fits, int number, int size)
            throws SQLException {
        long[] total = new long[1];
        List<DraftRow> rows = Statements.list(
                connection,
                row -> {
                    total[0] = row.getLong(11);
                    return row(row);
                },
                "with fits as materialized (" + fits.all() + ") " + ROWS
                        + ", (select count(*) from fits) from draft d join draft_text t on t.seq = d.seq"
                        + " where d.seq in (select seq from fits order by seq limit ? offset ?) order by d.seq",
                fits.values(size, (long) (number - 1) * size));
        return rows.isEmpty() ? Optional.empty() : Optional.of(new DraftList(rows, number, size, total[0]));
    }

    List<Reviewed> after(Filter filter, long seq) {
        FilterSql fits = FilterSql.of(filter, words);
        return store.read(connection -> Statements.list(
                connection,
                DraftTable::reviewed,
                DraftTable.COLUMNS + "where d.seq in (select seq from draft where " + fits.sql()
                        + " and seq > ? order by seq limit ?) order by d.seq",
                fits.values(seq, SOME)));
    }

    Optional<String> neighbour(Filter filter, long seq, boolean forward) {
        FilterSql fits = FilterSql.of(filter, words);
        return store.read(connection -> Statements.first(
                connection,
                row -> row.getString(1),
                "select id from draft where " + fits.sql()
                        + (forward ? " and seq > ? order by seq" : " and seq < ? order by seq desc") + " limit 1",
                fits.values(seq)));
    }

    Optional<String> next(Filter filter, String reviewer, long seq) {
        Optional<String> ahead = claim(filter, reviewer, seq, Long.MAX_VALUE);
        return ahead.isPresent() ? ahead : claim(filter, reviewer, 0, seq);
    }

    /** A claim that ends later than clocks of several machines can explain was made before a clock was set back. */
    private static long latest(long now) {
        return now + 2 * KEPT.toMillis();
    }

    /** Looks for a draft and takes it; where another took it in between, looks again. */
    private Optional<String> claim(Filter filter, String reviewer, long after, long upTo) {
        FilterSql fits = FilterSql.of(filter, words);
        return store.read(connection -> {
            while (true) {
                long now = clock.millis();
                Optional<Map.Entry<Long, String>> found = Statements.first(
                        connection,
                        row -> Map.entry(row.getLong(1), row.getString(2)),
                        "select seq, id from draft where " + fits.sql()
                                + " and seq > ? and seq <= ? and (claimed_until not between ? and ? or claimed_by = ?) and not exists"
                                + " (select 1 from decision where draft = draft.seq and standing = 1 and reviewer = ?)"
                                + " order by seq limit 1",
                        fits.values(after, upTo, now, latest(now), reviewer, reviewer));
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                List<Object> taking = new ArrayList<>(List.of(reviewer, now + KEPT.toMillis()));
                taking.addAll(List.of(fits.values(found.get().getKey(), now, latest(now), reviewer)));
                // Who had it may have decided it in between: then it does not fit any more.
                int taken = Statements.update(
                        connection,
                        "update draft set claimed_by = ?, claimed_until = ? where " + fits.sql()
                                + " and seq = ? and (claimed_until not between ? and ? or claimed_by = ?)",
                        taking.toArray());
                if (taken == 1) {
                    return Optional.of(found.get().getValue());
                }
            }
        });
    }

    Map<String, Long> categories(Optional<DraftState> state) {
        Map<String, Long> counts = new LinkedHashMap<>();
        FilterSql fits = FilterSql.of(state.map(Filter.ALL::state).orElse(Filter.ALL), words);
        store.read(connection -> Statements.list(
                        connection,
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        "select category, count(*) from draft where " + fits.sql()
                                + " group by category order by category",
                        fits.values()))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    ReviewCounts counts() {
        return store.read(connection -> Statements.list(
                        connection,
                        row -> new ReviewCounts(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)),
                        "select count(case when state = 'draft' then 1 end),"
                                + " count(case when state = 'accepted' then 1 end),"
                                + " count(case when state = 'rejected' then 1 end),"
                                + " count(case when disputed = 1 then 1 end),"
                                + " count(case when revised = 1 then 1 end),"
                                + " count(case when opinions > 1 then 1 end) from draft")
                .getFirst());
    }

    private static DraftRow row(ResultSet row) throws SQLException {
        return new DraftRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6).equals(Risk.SAFE.label()) ? Risk.SAFE : Risk.UNSAFE,
                Labelled.find(DraftState.class, row.getString(7)).orElseThrow(),
                row.getInt(8),
                row.getInt(9) == 1,
                row.getInt(10) == 1);
    }
}
