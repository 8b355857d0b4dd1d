package org.espalier.ssui.intake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Folders;
import org.espalier.core.file.Json;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;
import org.espalier.picture.PictureFault;
import org.espalier.picture.PictureScanner;
import org.espalier.picture.Scan;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.SafetyCheck;
import tools.jackson.databind.JsonNode;

/**
 * Fills a pool. Lists are read once and a sample is drawn; the drawn are looked at in the order of the draw, a batch at
 * a time, until enough are in. The decisions of a batch are on the disk before the next one starts.
 */
public record Intake(List<PictureList> lists, IntakeSettings settings, SafetyCheck safety) {
    /** The folder of what only an intake that has not finished needs. */
    static final String WORK = ".intake";

    private static final String CHOSEN = "chosen.jsonl";

    public Intake {
        lists = List.copyOf(lists);
    }

    /** Fills the pool, or resumes: the bytes are the same however often it was interrupted. */
    public IntakeSummary run(Pool pool, Progress progress) {
        return run(pool, Optional.empty(), progress);
    }

    /** The same, pictures looked at wherever the runner has it done, which sees them and the pool at the same places. */
    public IntakeSummary run(Pool pool, GroupRunner runner, Progress progress) {
        return run(pool, Optional.of(runner), progress);
    }

    private IntakeSummary run(Pool pool, Optional<GroupRunner> runner, Progress progress) {
        Path work = pool.folder().resolve(WORK);
        ChosenFile.Chosen chosen = chosen(work, progress);
        Path file = work.resolve("decided.jsonl");
        List<Decision> decisions = new ArrayList<>();
        try (IntakeBatch batch = new IntakeBatch(pool, settings, safety);
                DecisionLog log = settled(file, batch, decisions, progress)) {
            PassedPictures seen = new PassedPictures(settings.near());
            decisions.forEach(seen::count);
            GroupTask task = runner.isPresent() ? LookTask.of(work.resolve(CHOSEN), settings.limits()) : here(chosen);
            look(
                    runner.orElse(GroupRunner.HERE),
                    task,
                    chosen,
                    new GroupRunner.Taker() {
                        @Override
                        public void take(int group, List<String> lines) {
                            List<Scan> scans = lines.stream().map(Intake::scan).toList();
                            if (runner.isPresent()) {
                                requireSeen(chosen.candidates(), group, scans);
                            }
                            int before = decisions.size() - group * PictureLooks.GROUP;
                            List<Decision> made = batch.decide(
                                    chosen.candidates()
                                            .subList(decisions.size(), decisions.size() + scans.size() - before),
                                    scans.subList(before, scans.size()),
                                    seen);
                            log.append(made);
                            decisions.addAll(made);
                            heard(group, 0);
                        }

                        @Override
                        public void heard(int group, int done) {
                            report(progress, chosen, decisions.size(), seen);
                        }
                    },
                    decisions,
                    seen);
        }
        IntakeSummary summary = IntakeSummary.of(
                chosen.rows(), chosen.present(), chosen.candidates().size(), decisions);
        write(pool, decisions, summary);
        return summary;
    }

    private static Scan scan(String line) {
        JsonNode scan = Json.parse(line);
        return scan.has("fault") ? Json.as(scan, Scan.Faulty.class) : Json.as(scan, Scan.Sound.class);
    }

    /** The lists that an intake ends with: what is in, what is not and why, and the figures. */
    private static void write(Pool pool, List<Decision> decisions, IntakeSummary summary) {
        List<PooledPicture> pooled = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Pooled(PooledPicture picture) -> pooled.add(picture);
                case Decision.Refused(Refusal refusal) -> refused.add(refusal);
                case Decision.Unsafe(PooledPicture picture, Refusal refusal) -> refused.add(refusal);
            }
        }
        AtomicFile.lines(
                pool.folder().resolve(Pool.REFUSED), refused.stream().map(refusal -> Json.line(refusal.json())));
        AtomicFile.write(pool.folder().resolve(IntakeSummary.NAME), Json.page(Json.tree(summary)));
        pool.write(pooled);
    }

    /** @throws InputException if a picture that is here was not there where it was looked at */
    private static void requireSeen(List<Candidate> candidates, int group, List<Scan> scans) {
        for (int i = 0; i < scans.size(); i++) {
            Path file = file(candidates.get(group * PictureLooks.GROUP + i));
            if (scans.get(i) instanceof Scan.Faulty(PictureFault fault, String what)
                    && (fault == PictureFault.MISSING || fault == PictureFault.UNREADABLE)
                    && Files.isReadable(file)) {
                throw new InputException(file + " " + what
                        + " on a machine of the cluster: pictures must lie at the same places everywhere");
            }
        }
    }

    private GroupTask here(ChosenFile.Chosen chosen) {
        List<Path> files = chosen.candidates().stream().map(Intake::file).toList();
        return _ -> new PictureLooks(files, new PictureScanner(settings.limits()));
    }

    /** Has candidates looked at from the first that is not decided on, until the pool is full or none is left. */
    private void look(
            GroupRunner runner,
            GroupTask task,
            ChosenFile.Chosen chosen,
            GroupRunner.Taker taker,
            List<Decision> decisions,
            PassedPictures seen) {
        int candidates = chosen.candidates().size();
        while (decisions.size() < candidates && seen.pooled() < settings.limit()) {
            int first = decisions.size() / PictureLooks.GROUP;
            taker.heard(first, 0);
            // No fewer groups could fill the pool, so that none is looked at in vain.
            int wanted = PictureLooks.groups(settings.limit() - seen.pooled());
            runner.run(task, first, Math.min(first + wanted, PictureLooks.groups(candidates)), taker);
        }
    }

    /** Reads what was decided before into {@code decisions}; what could not be verified then is verified now. */
    private static DecisionLog settled(Path file, IntakeBatch batch, List<Decision> decisions, Progress progress) {
        DecisionLog log = new DecisionLog(file);
        decisions.addAll(DecisionLog.read(file));
        List<Integer> open = IntStream.range(0, decisions.size())
                .filter(i -> decisions.get(i) instanceof Decision.Pooled(PooledPicture picture)
                        && picture.safety().open())
                .boxed()
                .toList();
        if (open.isEmpty()) {
            return log;
        }
        log.close();
        for (int from = 0; from < open.size(); from += PictureLooks.GROUP) {
            List<Integer> some = open.subList(from, Math.min(from + PictureLooks.GROUP, open.size()));
            List<Decision> again = batch.again(some.stream().map(decisions::get).toList());
            for (int i = 0; i < some.size(); i++) {
                decisions.set(some.get(i), again.get(i));
            }
            progress.at("verifying again", from + some.size(), open.size(), "");
        }
        DecisionLog.write(file, decisions);
        return new DecisionLog(file);
    }

    /** Forgets what only a resumed intake needs; call it once the run is marked as finished. */
    public static void tidy(Pool pool) {
        Folders.deleteAll(pool.folder().resolve(WORK));
    }

    /** The file of a candidate that was unpacked where need be. */
    static Path file(Candidate candidate) {
        return switch (candidate.place()) {
            case Candidate.Place.InFile(Path file) -> file;
            case Candidate.Place.InParquet(Path file, String column, long row) ->
                throw new IllegalStateException("row " + row + " of " + file + " was not unpacked");
        };
    }

    private void report(Progress progress, ChosenFile.Chosen chosen, int decided, PassedPictures seen) {
        boolean sampled = settings.limit() < chosen.candidates().size();
        progress.at(
                "looking at pictures",
                sampled ? seen.pooled() : decided,
                sampled ? settings.limit() : chosen.candidates().size(),
                decided + " seen, " + seen.pooled() + " taken");
    }

    private ChosenFile.Chosen chosen(Path work, Progress progress) {
        ChosenFile file = new ChosenFile(work.resolve(CHOSEN));
        return file.read().orElseGet(() -> {
            ChosenFile.Chosen drawn = draw(work, progress);
            file.write(drawn);
            return drawn;
        });
    }

    private ChosenFile.Chosen draw(Path work, Progress progress) {
        CandidateDraw draw = new CandidateDraw(settings.seed(), settings.drawn());
        lists.forEach(list -> list.tell(draw, progress));
        if (draw.rows() == 0) {
            throw new InputException("there is no picture in "
                    + String.join(", ", lists.stream().map(PictureList::title).toList()));
        }
        if (draw.present() == 0) {
            throw new InputException("of the " + draw.rows() + " pictures that "
                    + String.join(", ", lists.stream().map(PictureList::title).toList())
                    + " names, none is in the folder of pictures");
        }
        if (settings.limit() == IntakeSettings.ALL && draw.present() > settings.drawn()) {
            throw new InputException(draw.present() + " pictures are more than the " + settings.drawn()
                    + " that are taken without a sample: say how many you want with --limit");
        }
        List<Candidate> kept = draw.kept().stream().map(this::licensed).toList();
        return new ChosenFile.Chosen(
                draw.rows(), draw.present(), new ParquetSpool(work.resolve("unpacked")).filled(kept, progress));
    }

    private Candidate licensed(Candidate candidate) {
        return candidate.licence().stated() || settings.licence().equals(Licence.UNKNOWN)
                ? candidate
                : new Candidate(candidate.source(), settings.licence(), candidate.place());
    }
}
