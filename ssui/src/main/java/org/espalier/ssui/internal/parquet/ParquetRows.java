package org.espalier.ssui.internal.parquet;

import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Parquet file of pictures, read row by row: the memory needed is that of a page and a few pictures, whatever the size
 * of the file's row groups. It is read in Java, so that a damaged or hostile file is an exception.
 */
public final class ParquetRows implements AutoCloseable {
    /** Between two rows; the largest page takes a few seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Rows that differ need bytes: beyond so many, and so many more a byte of the file, they are made up. */
    private static final long LEAST_ROWS = 10_000;

    private static final long ROWS_A_BYTE = 16;

    /** What reads them looks through all for each. */
    private static final int MOST_COLUMNS = 1000;

    /** What the library says of a compression for which it wants another library. */
    private static final Pattern PACKED = Pattern.compile("Cannot read (\\w+)-compressed");

    private final Path file;
    private final StoppableFile input;
    private final HardwoodContext context;
    private final ParquetFileReader reader;
    private final Duration patience;
    private boolean lost;

    private ParquetRows(
            Path file, StoppableFile input, HardwoodContext context, ParquetFileReader reader, Duration patience) {
        this.file = file;
        this.input = input;
        this.context = context;
        this.reader = reader;
        this.patience = patience;
    }

    /**
     * Opens a file and reads what its columns are.
     *
     * @throws InputException if it is not there, is no Parquet file or is damaged
     */
    public static ParquetRows open(Path file) {
        return open(file, PATIENCE);
    }

    static ParquetRows open(Path file, Duration patience) {
        if (!Files.isRegularFile(file)) {
            throw new InputException("there is no file " + file);
        }
        // One thread decodes: several would each hold the pages that come next.
        HardwoodContext context = HardwoodContext.create(1);
        try {
            StoppableFile input = new StoppableFile(InputFile.of(file));
            ParquetFileReader reader = ParquetFileReader.open(input, context);
            int columns = reader.getFileSchema().getColumns().size();
            if (columns > MOST_COLUMNS) {
                throw new InputException(file + " has " + columns + " columns, where data has at most " + MOST_COLUMNS);
            }
            refuseSameNames(file, reader.getFileSchema().getRootNode());
            return new ParquetRows(file, input, context, reader, patience);
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            context.close();
            throw unreadable(file, e);
        }
    }

    /** Of two columns of one name a row could show but one. */
    private static void refuseSameNames(Path file, SchemaNode.GroupNode root) {
        Deque<SchemaNode.GroupNode> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            Set<String> names = new HashSet<>();
            for (SchemaNode child : left.pop().children()) {
                if (!names.add(child.name())) {
                    throw new InputException(file + " has two columns called \"" + child.name()
                            + "\": it is not known which of them is meant");
                }
                if (child instanceof SchemaNode.GroupNode group) {
                    left.push(group);
                }
            }
        }
    }

    /** Columns of one value a row, in the order of the file; names of parts of a struct are joined by dots. */
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (ColumnSchema column : reader.getFileSchema().getColumns()) {
            if (column.maxRepetitionLevel() == 0 && column.type() == PhysicalType.BYTE_ARRAY) {
                boolean text = column.logicalType() instanceof LogicalType.StringType;
                columns.add(new Column(
                        column.columnIndex(), List.copyOf(column.fieldPath().elements()), text));
            }
        }
        return columns;
    }

    /**
     * A column of bytes or texts.
     *
     * @param path its name, below the names of the structs that it is part of
     */
    public record Column(int number, List<String> path, boolean text) {
        /** With dots between the parts. */
        public String name() {
            return String.join(".", path);
        }
    }

    /** Takes row after row. */
    @FunctionalInterface
    public interface Row {
        /**
         * Takes one.
         *
         * @param number of the row in the file, from 0
         * @param values of the columns that were asked for, in their order; empty where the row has none
         */
        void take(long number, List<Optional<byte[]>> values) throws IOException;
    }

    /**
     * Hands over every row.
     *
     * @throws InputException if the file is damaged, needs more memory for one page than there is, or is compressed in a
     *     way that is not read here
     */
    public void each(List<Column> columns, Row row) throws IOException {
        each(columns.stream().map(Column::number).toList(), (number, readers) -> row.take(number, values(readers)));
    }

    /** Takes record after record. */
    @FunctionalInterface
    public interface Record {
        /**
         * Takes one.
         *
         * @param number of the row in the file, from 0
         * @param fields by column: structs as objects, lists as arrays, bytes as binary nodes
         */
        void take(long number, ObjectNode fields) throws IOException;
    }

    /**
     * Hands over every row whole, structs and lists included; maps and columns of types that JSON has not are left out.
     *
     * @throws InputException as {@link #each}
     */
    public void eachRecord(Record record) throws IOException {
        List<LeafColumn> columns = reader.getFileSchema().getColumns().stream()
                .flatMap(column -> LeafColumn.of(reader.getFileSchema(), column).stream())
                .toList();
        each(columns.stream().map(LeafColumn::number).toList(), (number, readers) -> {
            ObjectNode row = Json.object();
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).into(row, readers.get(i));
            }
            record.take(number, row);
        });
    }

    /** Looks at a row through readers that stand on it. */
    @FunctionalInterface
    private interface Look {
        void at(long number, List<ColumnReader> readers) throws IOException;
    }

    private void each(List<Integer> columns, Look look) throws IOException {
        List<ColumnReader> readers = new ArrayList<>();
        try (Watch watch = new Watch()) {
            for (int column : columns) {
                readers.add(reader.buildColumnReader(column).batchSize(1).build());
            }
            long most = LEAST_ROWS + ROWS_A_BYTE * Files.size(file);
            for (long number = 0; watch.over(() -> next(readers)); number++) {
                if (number == most) {
                    throw new InputException(file + " claims more than " + most
                            + " rows, which its bytes cannot tell apart: it is no data");
                }
                look.at(number, readers);
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw e instanceof CancellationException stopped ? stopped : unreadable(file, e);
        } finally {
            release(() -> readers.forEach(ColumnReader::close));
        }
    }

    /**
     * Closes what the library holds. Where that does not end either, because a thread of its own is lost on a damaged page, it is left
     * open: such a thread keeps no process from ending.
     */
    private void release(Runnable closing) {
        if (lost) {
            return;
        }
        Thread closer = Thread.ofPlatform().daemon().name("parquet-close").unstarted(closing);
        closer.setUncaughtExceptionHandler((thread, e) -> {}); // all that was wanted has been read
        closer.start();
        try {
            lost = !closer.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends a wait that would last for ever: where a damaged page stops the thread that decodes, the library waits for it
     * without end.
     */
    private final class Watch implements AutoCloseable {
        private final Thread reading = Thread.currentThread();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("parquet-watch").factory());
        private final AtomicBoolean stalled = new AtomicBoolean();

        boolean over(BooleanSupplier step) {
            ScheduledFuture<?> alarm = clock.schedule(
                    () -> {
                        stalled.set(true);
                        reading.interrupt();
                    },
                    patience.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                return step.getAsBoolean();
            } finally {
                alarm.cancel(false);
                if (stalled.get()) {
                    Thread.interrupted(); // it was ours
                    input.stop(); // which ends the thread that this waited for
                    throw new IllegalStateException(
                            "a page could not be decoded within " + patience.toSeconds() + " s");
                }
            }
        }

        @Override
        public void close() {
            clock.shutdownNow();
        }
    }

    private static boolean next(List<ColumnReader> readers) {
        boolean more = false;
        for (ColumnReader column : readers) {
            more |= column.nextBatch();
        }
        return more;
    }

    private static List<Optional<byte[]>> values(List<ColumnReader> readers) {
        List<Optional<byte[]>> values = new ArrayList<>();
        for (ColumnReader column : readers) {
            boolean absent =
                    column.getValueCount() == 0 || column.getLeafValidity().isNull(0);
            values.add(absent ? Optional.empty() : Optional.of(column.getBinaries()[0]));
        }
        return values;
    }

    private static RuntimeException unreadable(Path file, Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof InputException)) {
            cause = cause.getCause();
        }
        if (cause instanceof InputException ours) {
            return ours;
        }
        if (cause instanceof OutOfMemoryError) {
            return new InputException(
                    file + " needs more memory for one page of a column than there is: write it again with smaller"
                            + " pages, or give Java more with ESPALIER_JAVA_OPTS=-Xmx4g",
                    thrown);
        }
        return new InputException(file + " cannot be read as Parquet: " + said(cause), thrown);
    }

    /** What the library says, where it is meant for people. */
    private static String said(Throwable cause) {
        String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        Matcher packed = PACKED.matcher(said);
        return switch (cause) {
            case StackOverflowError _ -> "its parts stand too deep in one another";
            case IndexOutOfBoundsException _,
                    NullPointerException _,
                    NegativeArraySizeException _,
                    ClassCastException _,
                    ArithmeticException _ -> "what it says of its parts does not fit them, so that it is damaged";
            default ->
                packed.find()
                        ? "it is compressed as " + packed.group(1)
                                + ", which is not read here: write it again with snappy, gzip or zstd"
                        : said;
        };
    }

    @Override
    public void close() {
        release(() -> {
            try (context) {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
