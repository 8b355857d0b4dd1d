package org.espalier.app.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.ssui.intake.Intake;
import org.espalier.ssui.intake.IntakeSettings;
import org.espalier.ssui.picture.PictureLimits;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.SafetyCheck;
import org.espalier.ssui.records.ForeignRecord;
import org.espalier.ssui.records.RecordSource;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.Store;

/**
 * Makes drafts of other people's records, their pictures in a pool inside the run.
 *
 * @param licence of pictures whose source tells none
 */
public record ImportWork(List<RecordSource> sources, Path out, Licence licence) {
    /** The pool's folder in the run. */
    public static final String POOL = "pool";

    private static final PictureLimits LIMITS = new PictureLimits(32L << 20, 50_000_000L, 28);

    public ImportWork {
        sources = List.copyOf(sources);
    }

    /**
     * What came of it.
     *
     * @param left records that hold no path
     * @param unusable records whose picture is missing, or was not taken into the pool, where {@code
     *     pool/refused.jsonl} says why
     * @param missing the pictures that are not there
     */
    public record Result(int drafts, int left, int unusable, List<Path> missing) {}

    /** Reads everything and writes nothing. */
    public Result foresee() {
        List<RecordSource.Reading> read = read();
        List<Path> missing = missing(read);
        return new Result(records(read).size(), left(read), missing.size(), missing);
    }

    /** Imports, or goes on importing. */
    public Result run(Desk desk) {
        List<RecordSource.Reading> read = read();
        RunPlan.Builder plan = Machine.plan("ssui import");
        for (RecordSource source : sources) {
            plan.input(
                    source.kind().label() + " " + source.list().getFileName(), source.list(), Sha256.of(source.list()));
        }
        if (!licence.equals(Licence.UNKNOWN)) {
            plan.setting("licence", licence.json(), "the command line");
        }
        try (RunFolder folder = RunFolder.open(out, plan.build());
                Store store = Store.inFolder(out, List.of(Drafts.MIGRATIONS + "/sqlite"))) {
            Map<String, PooledPicture> pictures = pictures(read, desk);
            List<Draft> drafts = new ArrayList<>();
            List<Path> missing = missing(read);
            int unusable = missing.size();
            for (ForeignRecord record : records(read)) {
                PooledPicture picture = pictures.get(PooledPicture.idOf(Sha256.of(record.picture())));
                if (picture == null) {
                    unusable++;
                } else {
                    drafts.add(record.in(picture));
                }
            }
            new Drafts(store.dataSource(), store.postgres()).putAll(drafts);
            folder.finish();
            return new Result(drafts.size(), left(read), unusable, missing);
        }
    }

    private List<RecordSource.Reading> read() {
        return sources.stream().map(RecordSource::read).toList();
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
    private Map<String, PooledPicture> pictures(List<RecordSource.Reading> read, Desk desk) {
        Pool pool = new Pool(out.resolve(POOL));
        List<org.espalier.ssui.intake.PictureList> lists = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            lists.add(sources.get(i).pictures(read.get(i).records()));
        }
        IntakeSettings settings =
                new IntakeSettings(IntakeSettings.ALL, IntakeSettings.MOST_DRAWN, 0, -1, LIMITS, licence);
        new Intake(lists, settings, SafetyCheck.NONE).run(pool, desk.progress());
        Intake.tidy(pool);
        Map<String, PooledPicture> pictures = new HashMap<>();
        pool.each(picture -> pictures.put(picture.id(), picture));
        return pictures;
    }
}
