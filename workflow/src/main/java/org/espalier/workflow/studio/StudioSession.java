package org.espalier.workflow.studio;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Folders;
import org.espalier.report.run.RunInfo;
import org.espalier.ssui.review.DraftImport;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import org.espalier.studio.Studio;
import org.espalier.studio.review.Review;
import org.espalier.studio.run.RunPlace;
import org.espalier.workflow.dataset.DraftFolder;

/**
 * The opening of runs in the studio.
 *
 * @param runs folders of builds, reviews and other runs, or folders of them; none for the folder {@code runs}
 * @param drafts a file to import into the one run named
 * @param store the address of that run's store; empty for the one in its folder
 * @param pictures where its pictures lie now
 */
public record StudioSession(
        List<Path> runs,
        int port,
        Optional<Path> drafts,
        Optional<String> store,
        Optional<Path> pictures,
        Optional<Path> taxonomy) {
    /** A studio that listens until it is closed, its stores with it. Thread-safe. */
    public static final class Opened implements AutoCloseable {
        private final StudioSession.Plan opened;
        private final Studio studio;
        private final List<Store> stores;

        Opened(StudioSession.Plan opened, Studio studio, List<Store> stores) {
            this.opened = opened;
            this.studio = studio;
            this.stores = List.copyOf(stores);
        }

        /** What is in it. */
        public StudioSession.Plan opened() {
            return opened;
        }

        /** Where it listens, with the token that lets people in. */
        public URI address() {
            return studio.address();
        }

        /** Requests so far. */
        public long answered() {
            return studio.answered();
        }

        @Override
        public void close() {
            studio.close();
            stores.forEach(Store::close);
        }
    }

    private static final Path USUAL = Path.of("runs");

    public StudioSession {
        runs = List.copyOf(runs);
    }

    /**
     * What is opened.
     *
     * @param revised folders of drafts
     * @param lookedAt folders of runs
     * @param elsewhere folders of builds whose drafts are in another store and stay closed
     */
    public record Plan(List<Path> revised, List<Path> lookedAt, List<Path> elsewhere) {
        public Plan {
            revised = List.copyOf(revised);
            lookedAt = List.copyOf(lookedAt);
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /** Looks at what would be opened or imported. Refuses what {@link #open} and {@link #importDrafts(Progress)} would refuse. */
    public Plan plan() {
        taxonomy.ifPresent(Taxonomy::read);
        drafts.ifPresent(file -> {
            target(file);
            DraftImport.check(file);
        });
        Plan plan = drafts.isPresent() ? new Plan(List.of(), List.of(), List.of()) : found();
        plan.revised().forEach(folder -> new DraftFolder(folder).pictures(pictures, "--pictures"));
        return plan;
    }

    /** Imports the file, if one is named, into the run. */
    public Optional<DraftImport.Outcome> importDrafts(Progress progress) {
        return drafts.map(file -> importDrafts(file, progress));
    }

    /** The folder that a file is to be imported into. */
    private DraftFolder target(Path file) {
        if (runs.size() != 1) {
            throw new InputException(
                    "name one folder to import " + file + " into: espalier studio REVIEW --import FILE");
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException("there is no file " + file + " to import");
        }
        return new DraftFolder(runs.getFirst());
    }

    private DraftImport.Outcome importDrafts(Path file, Progress progress) {
        DraftFolder review = target(file);
        review.begin(file);
        try (Store opened = review.open(store)) {
            return DraftImport.read(file, opened, progress);
        }
    }

    /** Opens what is found. The caller closes it. */
    public Opened open() {
        List<Store> stores = new ArrayList<>();
        try {
            Plan plan = found();
            Set<String> names = new HashSet<>();
            List<Review> reviews = new ArrayList<>();
            Map<Path, String> revised = new HashMap<>();
            for (Path folder : plan.revised()) {
                DraftFolder place = new DraftFolder(folder);
                Path pool = place.pictures(pictures, "--pictures");
                Taxonomy categories = taxonomy.map(Taxonomy::read).orElseGet(place::taxonomy);
                Store opened = place.open(store);
                stores.add(opened);
                String name = name(folder, names);
                revised.put(folder, name);
                reviews.add(new Review(name, new Drafts(opened), pool, categories));
            }
            names.clear();
            List<RunPlace> looks = plan.lookedAt().stream()
                    .map(folder -> new RunPlace(
                            name(folder, names),
                            folder,
                            RunInfo.read(folder).verb(),
                            Optional.ofNullable(revised.get(folder))))
                    .toList();
            return new Opened(plan, Studio.start(port, reviews, looks), stores);
        } catch (RuntimeException | Error e) {
            stores.forEach(Store::close);
            throw e;
        }
    }

    /** A folder's name as part of an address, told apart from others of the same name. */
    private static String name(Path folder, Set<String> taken) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String plain = String.valueOf(last).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
        String name = plain;
        for (int i = 2; !taken.add(name); i++) {
            name = plain + "-" + i;
        }
        return name;
    }

    private Plan found() {
        Search search = new Search();
        folders().forEach(search::in);
        if ((store.isPresent() || pictures.isPresent()) && search.revised.size() != 1) {
            throw new InputException("--store and --pictures are of one folder of drafts, and " + search.revised.size()
                    + " are named: name that folder alone");
        }
        return new Plan(search.revised, search.lookedAt, search.elsewhere);
    }

    private List<Path> folders() {
        if (!runs.isEmpty()) {
            return runs;
        }
        if (!Files.isDirectory(USUAL)) {
            throw new InputException("name the folders of runs: there is no folder " + USUAL + " here");
        }
        return below(USUAL);
    }

    private static List<Path> below(Path folder) {
        return Folders.list(folder).stream().filter(Files::isDirectory).toList();
    }

    /** Looks into the folders that were named, and one folder below. */
    private final class Search {
        private final List<Path> revised = new ArrayList<>();
        private final List<Path> lookedAt = new ArrayList<>();
        private final List<Path> elsewhere = new ArrayList<>();

        void in(Path folder) {
            if (Files.isRegularFile(folder)) {
                throw new InputException(folder
                        + " is a file: name a folder for its revision, espalier studio REVIEW --import " + folder);
            }
            if (!Files.isDirectory(folder)) {
                throw new InputException("there is no folder " + folder + ": name the folders of runs");
            }
            boolean stored = store.isPresent() && runs.size() == 1;
            if (!stored && new DraftFolder(folder).draftsElsewhere()) {
                throw new InputException(folder + " is a build whose drafts are in another store: name it alone, with"
                        + " its store, espalier studio " + folder + " --store JDBC_URL");
            }
            boolean found = take(folder, stored);
            for (Path inside : below(folder)) {
                if (new DraftFolder(inside).draftsElsewhere()) {
                    elsewhere.add(inside);
                }
                found |= take(inside, false);
            }
            if (!found && !runs.isEmpty()) {
                throw new InputException(folder + " holds no drafts and no run (no " + Store.FILE
                        + " and no run.json, there or one folder below)");
            }
        }

        private boolean take(Path folder, boolean stored) {
            boolean holdsDrafts = stored || new DraftFolder(folder).hasDrafts();
            boolean run = RunInfo.isRun(folder);
            if (holdsDrafts) {
                revised.add(folder);
            }
            if (run && !RunInfo.read(folder).verb().equals(DraftFolder.VERB)) {
                lookedAt.add(folder);
            }
            return holdsDrafts || run;
        }
    }
}
