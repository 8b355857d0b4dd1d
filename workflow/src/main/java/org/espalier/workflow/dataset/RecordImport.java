package org.espalier.workflow.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.text.Counted;
import org.espalier.picture.PictureLimits;
import org.espalier.ssui.intake.Intake;
import org.espalier.ssui.intake.IntakeSettings;
import org.espalier.ssui.intake.PictureList;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.SafetyCheck;
import org.espalier.ssui.records.ForeignRecord;
import org.espalier.ssui.records.RecordSource;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.Store;
import org.espalier.workflow.run.RunPlans;

/**
 * The making of drafts from other people's records, their pictures in a pool inside the run.
 *
 * @param licence of pictures whose source tells none
 */
public record RecordImport(List<RecordSource> sources, Path out, Licence licence) {
    static final String VERB = "ssui import";

    /** The pool's folder in the run. */
    public static final String POOL = "pool";

    public RecordImport {
        sources = List.copyOf(sources);
    }

    /**
     * What came of it.
     *
     * @param drafts that are new
     * @param known records that were drafts here already
     * @param left records that hold no path
     * @param missing pictures that are not there, one for each record that was left out for it
     * @param refused records whose picture was not taken into the pool; {@code pool/refused.jsonl} says why
     */
    public record Result(int drafts, int known, int left, List<Path> missing, int refused) {}

    /** Reads everything and writes nothing. */
    public Result plan() {
        List<RecordSource.Reading> read = read();
        List<ForeignRecord> records = records(read);
        int known = known(records);
        return new Result(records.size() - known, known, left(read), missing(read), 0);
    }

    /** Imports, or continues to. */
    public Result run(Progress progress) {
        List<RecordSource.Reading> read = read();
        RunPlan.Builder plan = RunPlans.of(VERB);
        for (RecordSource source : sources) {
            plan.input(
                    source.kind().label() + " " + source.list().getFileName(), source.list(), Sha256.of(source.list()));
        }
        if (!licence.equals(Licence.UNKNOWN)) {
            plan.setting("licence", Json.tree(licence), "the command line");
        }
        try (RunFolder folder = RunFolder.open(out, plan.build());
                Store store = open()) {
            Map<String, PooledPicture> pictures = pictures(read, progress);
            List<ForeignRecord> records = records(read);
            List<Draft> drafts = records.stream()
                    .flatMap(
                            record -> Optional.ofNullable(pictures.get(PooledPicture.idOf(Sha256.of(record.picture()))))
                                    .map(record::in)
                                    .stream())
                    .toList();
            int added = new Drafts(store).putAll(drafts);
            folder.finish();
            int refused = records.size() - drafts.size();
            return new Result(added, drafts.size() - added, left(read), missing(read), refused);
        }
    }

    private Store open() {
        return Store.inFolder(out, List.of(Drafts.MIGRATIONS));
    }

    private int known(List<ForeignRecord> records) {
        if (!new DraftFolder(out).hasDrafts()) {
            return 0;
        }
        try (Store started = open()) {
            Drafts drafts = new Drafts(started);
            return (int) records.stream()
                    .filter(record -> drafts.image(record.draft().id()).isPresent())
                    .count();
        }
    }

    /** Each record stands for itself: of two with the same id one would be lost. */
    private List<RecordSource.Reading> read() {
        List<RecordSource.Reading> read = new ArrayList<>();
        Map<String, RecordSource> sourceOfId = new HashMap<>();
        for (RecordSource source : sources) {
            RecordSource.Reading reading = source.read();
            for (ForeignRecord record : reading.records()) {
                String id = record.draft().id();
                RecordSource earlier = sourceOfId.putIfAbsent(id, source);
                if (earlier != null) {
                    throw new InputException(source.list() + ", record \"" + id + "\": " + earlier.list()
                            + " has one of this id already: import one of the files into a folder of its own");
                }
            }
            read.add(reading);
        }
        if (sourceOfId.isEmpty()) {
            throw new InputException(nothing(read));
        }
        return read;
    }

    private String nothing(List<RecordSource.Reading> read) {
        List<Path> missing = missing(read);
        String files = sources.stream().map(source -> source.list().toString()).collect(Collectors.joining(", "));
        return "nothing of " + files + " can be imported: " + Counted.of(left(read), "record holds", "records hold")
                + " no path to reason along, "
                + missing.size() + " show pictures that are not there"
                + (missing.isEmpty() ? "" : ", the first is " + missing.getFirst());
    }

    private static List<ForeignRecord> records(List<RecordSource.Reading> read) {
        return read.stream().flatMap(reading -> reading.records().stream()).toList();
    }

    private static List<Path> missing(List<RecordSource.Reading> read) {
        return read.stream().flatMap(reading -> reading.missing().stream()).toList();
    }

    private static int left(List<RecordSource.Reading> read) {
        return read.stream().mapToInt(RecordSource.Reading::left).sum();
    }

    /** The pool's pictures by id; near-duplicates are taken, since a record stands for itself. */
    private Map<String, PooledPicture> pictures(List<RecordSource.Reading> read, Progress progress) {
        Pool pool = new Pool(out.resolve(POOL));
        List<PictureList> lists = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            lists.add(sources.get(i).pictures(read.get(i).records()));
        }
        IntakeSettings settings = new IntakeSettings(
                IntakeSettings.ALL, IntakeSettings.MOST_DRAWN, 0, -1, PictureLimits.DEFAULT, licence);
        new Intake(lists, settings, SafetyCheck.NONE).run(pool, progress);
        Intake.tidy(pool);
        Map<String, PooledPicture> pictures = new HashMap<>();
        pool.each(picture -> pictures.put(picture.id(), picture));
        return pictures;
    }
}
