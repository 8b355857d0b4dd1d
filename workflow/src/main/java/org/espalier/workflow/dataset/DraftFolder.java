package org.espalier.workflow.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.report.run.RunInfo;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import org.espalier.workflow.run.RunPlans;

/** A folder with drafts: a build's, or one that drafts were imported into. */
public record DraftFolder(Path folder) {
    static final String POOL = "pool";
    static final String TAXONOMY = "taxonomy";
    private static final String DATA = "data";
    /** Of a folder that samples were imported into for review. */
    public static final String VERB = "studio";

    /** How the folder names itself. */
    private static final Path HERE = Path.of(".");

    /** Whose folders hold drafts; empty where a store lies by itself. */
    private static final Set<String> WITH_DRAFTS = Set.of("", DatasetBuild.VERB, RecordImport.VERB, VERB);

    /** Other runs have a store too, with the answers of their endpoints alone. */
    public boolean hasDrafts() {
        return Files.exists(folder.resolve(Store.FILE)) && WITH_DRAFTS.contains(verb());
    }

    /** The verb that wrote the folder; empty where it does not say. */
    String verb() {
        return run().map(RunInfo::verb).orElse("");
    }

    private Optional<RunInfo> run() {
        return RunInfo.isRun(folder) ? Optional.of(RunInfo.read(folder)) : Optional.empty();
    }

    /** Whether it is a build whose drafts are not in the folder, but at the address that was its {@code --store}. */
    public boolean draftsElsewhere() {
        return !hasDrafts() && verb().equals(DatasetBuild.VERB);
    }

    /** Opens the store of a folder that must hold drafts, or the one at an address. */
    public Store drafts(Optional<String> address) {
        mustBeThere();
        if (address.isEmpty() && !hasDrafts()) {
            throw new InputException(folder
                    + " holds no drafts: name the folder that 'espalier ssui build' wrote, or its store with --store");
        }
        return open(address);
    }

    private void mustBeThere() {
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder + ": name the one that holds the drafts");
        }
    }

    /** Opens its store, or the one at an address. */
    public Store open(Optional<String> address) {
        return Store.open(address.orElseGet(() -> Store.urlIn(folder)), List.of(Drafts.MIGRATIONS));
    }

    /**
     * The folder that drafts name their pictures below.
     *
     * @param moved where it is now; else it is where {@code run.json} says, or the pool that an import made here
     * @param flag with which somebody may name it
     */
    public Path pictures(Optional<Path> moved, String flag) {
        mustBeThere();
        Path found = moved.or(this::pool)
                .orElseThrow(() -> new InputException(
                        folder + " does not say where its pictures are: name their folder with " + flag));
        if (!Files.isDirectory(found)) {
            throw new InputException("there is no folder of pictures " + found + ": name it with " + flag);
        }
        return found;
    }

    /**
     * The folder of {@link #pictures}, of which copies are made for others. Drafts from elsewhere may say that it is any folder of
     * this machine; so where nobody names it, it lies in this folder, or is a pool, or holds the file that was imported, unchanged.
     */
    Path ownPictures(Optional<Path> moved, String flag) {
        Path found = pictures(moved, flag);
        boolean own = moved.isPresent()
                || real(found).startsWith(real(folder))
                || Files.exists(found.resolve(Pool.NAME))
                || holdsWhatWasImported(found);
        if (!own) {
            throw new InputException(folder + " says that its pictures lie in " + found
                    + ", but the file that was imported from there is gone or has changed: name the folder of the pictures with "
                    + flag);
        }
        return found;
    }

    private boolean holdsWhatWasImported(Path pictures) {
        Optional<Path> data = input(DATA).filter(Files::isRegularFile);
        String hash = run().map(run -> run.record().path("inputs").path(DATA).path("sha256"))
                .map(said -> said.asString(""))
                .orElse("");
        return data.isPresent()
                && real(data.get()).startsWith(real(pictures))
                && Sha256.of(data.get()).equals(hash);
    }

    /** Where its pictures are said to be, there or not. */
    Optional<Path> pool() {
        Path own = folder.resolve(RecordImport.POOL);
        return input(POOL)
                .map(DraftFolder::withoutList)
                .or(() -> Files.isDirectory(own) ? Optional.of(own) : Optional.empty());
    }

    /** The taxonomy that {@code run.json} names; the one that ships where it names none. */
    public Taxonomy taxonomy() {
        Optional<Path> told = input(TAXONOMY);
        if (told.isPresent() && !Files.isRegularFile(told.get())) {
            throw new InputException(
                    "the taxonomy of " + folder + " is no longer " + told.get() + ": name it with --taxonomy");
        }
        return told.map(Taxonomy::read).orElseGet(Taxonomy::composed);
    }

    /**
     * Notes, in a new folder, that drafts of a file are revised here; their pictures lie beside the file. Both are named
     * from the folder, so that they may be moved together, and say nothing of the machine.
     */
    public void begin(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path pictures = real(parent == null ? folder : parent);
        Optional<Path> before = input(POOL).map(DraftFolder::withoutList);
        if (before.isPresent()) {
            if (!real(before.get()).equals(pictures)) {
                throw new InputException(folder + " holds drafts whose pictures lie in " + before.get()
                        + ": import those of " + pictures + " into another folder");
            }
            return;
        }
        if (run().isPresent() && !verb().equals(VERB)) {
            throw new InputException(folder + " holds another run (" + verb() + "): import " + file
                    + " into a folder of its own, which may be new");
        }
        RunPlan.Builder plan = RunPlans.of(VERB)
                .input(DATA, fromHere(pictures.resolve(file.getFileName())), Sha256.of(file))
                .input(POOL, fromHere(pictures), "");
        try (RunFolder started = RunFolder.open(folder, plan.build())) {
            started.finish();
        }
    }

    /** How {@code run.json} names a file or folder. */
    Path fromHere(Path file) {
        Path here = real(folder);
        Path there = real(file);
        if (here.equals(there)) {
            return HERE;
        }
        // On another drive there is no way from here to there.
        return Objects.equals(here.getRoot(), there.getRoot()) ? here.relativize(there) : there;
    }

    /** Without links, as far as it is there: the way up from a link is not the way down to it. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path absolute = path.toAbsolutePath().normalize();
            Path parent = absolute.getParent();
            return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
        }
    }

    /** A build may name the list of the pool, or its folder. */
    private static Path withoutList(Path path) {
        Path parent = path.getParent();
        return path.endsWith(Pool.NAME) && parent != null ? parent : path;
    }

    /** Files are named from the folder. */
    private Optional<Path> input(String role) {
        return run().flatMap(run -> run.input(role)).map(path -> path.equals(HERE) ? folder : folder.resolve(path));
    }
}
