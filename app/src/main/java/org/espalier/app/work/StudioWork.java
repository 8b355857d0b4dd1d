package org.espalier.app.work;

import java.io.IOException;
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
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.text.Counted;
import org.espalier.report.run.RunInfo;
import org.espalier.ssui.review.DraftImport;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import org.espalier.studio.Studio;
import org.espalier.studio.review.Review;
import org.espalier.studio.run.RunPlace;

/**
 * Opens runs in the studio until Ctrl-C.
 *
 * @param runs folders of builds, reviews and other runs, or folders of them; none for the folder {@code runs}
 * @param drafts a file to import into the one run named
 * @param store the address of that run's store; empty for the one in its folder
 * @param pictures where its pictures lie now
 */
public record StudioWork(
        List<Path> runs,
        int port,
        Optional<Path> drafts,
        Optional<String> store,
        Optional<Path> pictures,
        Optional<Path> taxonomy) {
    private static final Path USUAL = Path.of("runs");
    private static final long LOOK_MILLIS = 200;

    public StudioWork {
        runs = List.copyOf(runs);
    }

    /** Says what would be opened. */
    public void foresee(Desk desk) {
        Places places = new Places(desk);
        drafts.ifPresentOrElse(
                file -> desk.say("Would import the drafts of " + file + " and open them to revise."),
                () -> folders().forEach(places::find));
        taxonomy.ifPresent(Taxonomy::read);
        for (ReviewFolder place : places.reviews) {
            place.pictures(pictures, "--pictures");
            desk.say("Would open " + place.folder() + " to revise.");
        }
        places.looks.forEach(folder -> desk.say("Would open " + folder + " to look at."));
    }

    /** Imports what is to be imported, and serves until it is interrupted. */
    public void run(Desk desk) throws InterruptedException {
        List<Store> stores = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try {
            drafts.ifPresent(file -> bring(file, desk));
            Places places = new Places(desk);
            folders().forEach(places::find);
            List<Review> reviews = new ArrayList<>();
            Map<Path, String> open = new HashMap<>();
            for (ReviewFolder place : places.reviews) {
                Path pool = place.pictures(pictures, "--pictures");
                Taxonomy categories = taxonomy.map(Taxonomy::read).orElseGet(place::taxonomy);
                Store opened = place.open(store);
                stores.add(opened);
                String name = name(place.folder(), names);
                open.put(place.folder(), name);
                reviews.add(new Review(name, new Drafts(opened.dataSource(), opened.postgres()), pool, categories));
            }
            names.clear();
            List<RunPlace> looks = places.looks.stream()
                    .map(folder -> new RunPlace(
                            name(folder, names),
                            folder,
                            RunInfo.read(folder).verb(),
                            Optional.ofNullable(open.get(folder))))
                    .toList();
            serve(reviews, looks, desk);
        } finally {
            stores.forEach(Store::close);
        }
    }

    private void serve(List<Review> reviews, List<RunPlace> looks, Desk desk) throws InterruptedException {
        try (Studio studio = Studio.start(port, reviews, looks)) {
            desk.say("The studio is open: " + studio.address());
            desk.say("Whoever has this address may revise. Ctrl-C closes it; everything is saved as it is done.");
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                // A rate would count the time in which nobody asked.
                desk.progress().at("the studio is open", 0, 0, studio.answered() + " requests answered");
            }
        } catch (CancellationException e) {
            desk.say("Closed.");
        }
    }

    private void bring(Path file, Desk desk) {
        if (runs.size() != 1) {
            throw new InputException(
                    "name one folder to import " + file + " into: espalier studio REVIEW --import FILE");
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException("there is no file " + file + " to import");
        }
        ReviewFolder review = new ReviewFolder(runs.getFirst());
        review.begin(file);
        try (Store opened = review.open(store)) {
            DraftImport.Outcome outcome = DraftImport.read(file, opened, desk.progress());
            desk.say("Imported " + Counted.of(outcome.added(), "draft") + " of " + outcome.read() + " in " + file
                    + (outcome.added() < outcome.read() ? "; the others were there already" : "") + ".");
        }
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
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
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

    /** What is found below the folders that were named. */
    private final class Places {
        private final Desk desk;
        private final List<ReviewFolder> reviews = new ArrayList<>();
        private final List<Path> looks = new ArrayList<>();

        Places(Desk desk) {
            this.desk = desk;
        }

        void find(Path folder) {
            if (Files.isRegularFile(folder)) {
                throw new InputException(folder
                        + " is a file: name a folder for its revision, espalier studio REVIEW --import " + folder);
            }
            if (!Files.isDirectory(folder)) {
                throw new InputException("there is no folder " + folder + ": name the folders of runs");
            }
            boolean stored = store.isPresent() && runs.size() == 1;
            if (!stored && new ReviewFolder(folder).draftsElsewhere()) {
                throw new InputException(folder + " is a build whose drafts are in another store: name it alone, with"
                        + " its store, espalier studio " + folder + " --store JDBC_URL");
            }
            boolean found = take(folder, stored);
            for (Path inside : below(folder)) {
                if (new ReviewFolder(inside).draftsElsewhere()) {
                    desk.say("The drafts of " + inside + " are in another store; espalier studio " + inside
                            + " --store JDBC_URL opens them.");
                }
                found |= take(inside, false);
            }
            if (!found && !runs.isEmpty()) {
                throw new InputException(folder + " holds no drafts and no run (no " + Store.FILE
                        + " and no run.json, there or one folder below)");
            }
        }

        private boolean take(Path folder, boolean stored) {
            ReviewFolder review = new ReviewFolder(folder);
            boolean drafts = stored || review.hasDrafts();
            boolean run = RunInfo.isRun(folder);
            if (drafts) {
                reviews.add(review);
            }
            if (run && !RunInfo.read(folder).verb().equals("studio")) {
                looks.add(folder);
            }
            return drafts || run;
        }
    }
}
