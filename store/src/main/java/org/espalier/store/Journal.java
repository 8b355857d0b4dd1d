package org.espalier.store;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every answer a provider gave, so that none is asked for, and paid for, twice. Entries are never changed: the first one
 * recorded under a key stays.
 */
public final class Journal {
    /** Digits of a cost after the point. */
    private static final int SCALE = 9;

    private static final int PAGE = 256;
    private static final String COLUMNS =
            "entry_key, provider, model, status, request, response, input_tokens, output_tokens, cost, at";

    private final Store store;

    Journal(Store store) {
        this.store = store;
    }

    /**
     * The name of a call: SHA-256 over its parts, in hexadecimal.
     *
     * @param request the canonical request: the same bytes for the same question, pictures as their SHA-256
     * @param sample which of several answers to the same request, from 0
     */
    public static String key(String provider, String model, byte[] request, int sample) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : List.of(
                    provider.getBytes(StandardCharsets.UTF_8), model.getBytes(StandardCharsets.UTF_8), request)) {
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
                digest.update(part);
            }
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(sample).flip());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java knows SHA-256", e);
        }
    }

    /** The answer recorded under {@code key}. */
    public Optional<JournalEntry> find(String key) {
        return store.read(connection -> Statements.first(
                connection, Journal::entry, "select " + COLUMNS + " from journal where entry_key = ?", key));
    }

    /** The entries whose keys begin with {@code prefix}, in the order recorded. */
    public List<JournalEntry> beginning(String prefix) {
        // Bytes are compared, so that the index of the keys serves where the database keeps it by bytes.
        String key = store.postgres() ? "entry_key collate \"C\"" : "entry_key";
        return store.read(connection -> Statements.list(
                connection,
                Journal::entry,
                "select " + COLUMNS + " from journal where " + key + " >= ? and " + key + " < ? order by seq",
                prefix,
                prefix + '\u007f'));
    }

    /** Records an answer and returns when it is on the disk. */
    public void record(JournalEntry entry) {
        store.write(connection -> Statements.update(
                connection,
                "insert into journal (" + COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (entry_key) do nothing",
                entry.key(),
                entry.provider(),
                entry.model(),
                entry.status(),
                entry.request(),
                entry.response(),
                entry.inputTokens(),
                entry.outputTokens(),
                nanos(entry.cost()),
                entry.at().toEpochMilli()));
    }

    /** Tells {@code reader} every entry in the order recorded, a few in memory at a time. */
    public void forEach(Consumer<JournalEntry> reader) {
        long last = 0;
        while (last >= 0) {
            last = page(last, reader);
        }
    }

    private long page(long after, Consumer<JournalEntry> reader) {
        long[] last = {-1};
        List<JournalEntry> entries = store.read(connection -> Statements.list(
                connection,
                row -> {
                    last[0] = row.getLong(11);
                    return entry(row);
                },
                "select " + COLUMNS + ", seq from journal where seq > ? order by seq limit " + PAGE,
                after));
        entries.forEach(reader);
        return last[0];
    }

    /** What was spent so far, by provider and model in their order. */
    public List<Spending> spending() {
        return store.read(connection -> Statements.list(
                connection,
                row -> new Spending(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        money(row.getLong(6))),
                "select provider, model, count(*), sum(input_tokens), sum(output_tokens), sum(cost)"
                        + " from journal group by provider, model order by provider, model"));
    }

    /** Money as the table keeps it: billionths. */
    static long nanos(BigDecimal cost) {
        return cost.movePointRight(SCALE)
                .setScale(0, java.math.RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** Money of so many billionths. */
    static BigDecimal money(long nanos) {
        return BigDecimal.valueOf(nanos, SCALE);
    }

    private static JournalEntry entry(ResultSet found) throws SQLException {
        return new JournalEntry(
                found.getString(1),
                found.getString(2),
                found.getString(3),
                found.getInt(4),
                found.getBytes(5),
                found.getBytes(6),
                found.getLong(7),
                found.getLong(8),
                money(found.getLong(9)),
                Instant.ofEpochMilli(found.getLong(10)));
    }
}
