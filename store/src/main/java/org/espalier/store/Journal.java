package org.espalier.store;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
        return store.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select " + COLUMNS + " from journal where entry_key = ?")) {
                select.setString(1, key);
                try (ResultSet found = select.executeQuery()) {
                    return found.next() ? Optional.of(entry(found)) : Optional.empty();
                }
            }
        });
    }

    /** The entries whose keys begin with {@code prefix}, in the order recorded. */
    public List<JournalEntry> beginning(String prefix) {
        // Bytes are compared, so that the index of the keys serves where the database keeps it by bytes.
        String key = store.postgres() ? "entry_key collate \"C\"" : "entry_key";
        return store.read(connection -> {
            List<JournalEntry> entries = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select " + COLUMNS + " from journal where " + key + " >= ? and " + key + " < ? order by seq")) {
                select.setString(1, prefix);
                select.setString(2, prefix + '\u007f');
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        entries.add(entry(found));
                    }
                }
            }
            return entries;
        });
    }

    /** Records an answer and returns when it is on the disk. */
    public void record(JournalEntry entry) {
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into journal (" + COLUMNS
                    + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (entry_key) do nothing")) {
                insert.setString(1, entry.key());
                insert.setString(2, entry.provider());
                insert.setString(3, entry.model());
                insert.setInt(4, entry.status());
                insert.setBytes(5, entry.request());
                insert.setBytes(6, entry.response());
                insert.setLong(7, entry.inputTokens());
                insert.setLong(8, entry.outputTokens());
                insert.setLong(9, nanos(entry.cost()));
                insert.setLong(10, entry.at().toEpochMilli());
                return insert.executeUpdate();
            }
        });
    }

    /** Tells {@code reader} every entry in the order recorded, a few in memory at a time. */
    public void forEach(Consumer<JournalEntry> reader) {
        long last = 0;
        while (last >= 0) {
            last = page(last, reader);
        }
    }

    private long page(long after, Consumer<JournalEntry> reader) {
        List<JournalEntry> entries = new ArrayList<>();
        long last = store.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select " + COLUMNS + ", seq from journal where seq > ? order by seq limit " + PAGE)) {
                select.setLong(1, after);
                try (ResultSet found = select.executeQuery()) {
                    long seq = -1;
                    while (found.next()) {
                        entries.add(entry(found));
                        seq = found.getLong(11);
                    }
                    return seq;
                }
            }
        });
        entries.forEach(reader);
        return last;
    }

    /** What was spent so far, by provider and model in their order. */
    public List<Spending> spending() {
        return store.read(connection -> {
            List<Spending> all = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select provider, model, count(*), sum(input_tokens), sum(output_tokens), sum(cost)"
                                    + " from journal group by provider, model order by provider, model");
                    ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    all.add(new Spending(
                            found.getString(1),
                            found.getString(2),
                            found.getLong(3),
                            found.getLong(4),
                            found.getLong(5),
                            money(found.getLong(6))));
                }
            }
            return all;
        });
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
