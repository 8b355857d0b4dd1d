package org.espalier.workflow.explore;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Sha256;
import org.espalier.core.settings.Resolved;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.model.generate.LocalModel;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.ssui.foreign.QuestionFile;
import org.espalier.workflow.internal.OpenWork;
import org.espalier.workflow.internal.RemoteModel;
import org.espalier.workflow.run.RunEndpoints;

/**
 * An exploration as another process is told of it.
 *
 * @param data an absolute path; Parquet is unpacked there too
 * @param dataHash of its lines
 */
record ExplorationTask(
        RemoteModel model, String data, String dataHash, RemoteVerifier verifier, long seed, ExploreSettings settings)
        implements GroupTask {
    /** @throws InputException if its model is behind an endpoint, or its verifier is this process's own */
    static ExplorationTask of(Exploration exploration) {
        PathSource.Checkpoint source = checkpoint(exploration.source());
        return new ExplorationTask(
                RemoteModel.of(source.model(), source.adapter(), source.placement()),
                RemoteModel.absolute(exploration.data()),
                Sha256.of(QuestionFile.lines(exploration.data())),
                RemoteVerifier.of(exploration.verifier()),
                exploration.seed(),
                exploration.settings().settings());
    }

    /** Whose paths another process can draw. */
    static PathSource.Checkpoint checkpoint(PathSource source) {
        if (source instanceof PathSource.Checkpoint checkpoint) {
            return checkpoint;
        }
        throw new InputException(
                "--on has models computed in processes of other machines; a model behind an endpoint is"
                        + " asked from this process: leave --on out");
    }

    @Override
    public GroupWork open(OptionalInt gpu) {
        Path file = Path.of(data);
        RemoteModel.require(file, Sha256.of(QuestionFile.lines(file)), dataHash);
        Exploration exploration = new Exploration(
                new PathSource.Checkpoint(model.folder(), model.adapterFolder(), model.placement(gpu)),
                file,
                file,
                verifier.choice(),
                true,
                seed,
                Resolved.of(settings, Resolved.BY_PROGRAM));
        List<SsuiSample> samples = QuestionFile.read(file);
        RunEndpoints judges = exploration.endpoints(exploration.verifier().plans());
        try {
            LocalModel opened = model.open(gpu);
            return new OpenWork(exploration.work(opened, samples, judges), opened, model, judges);
        } catch (RuntimeException e) {
            judges.close();
            throw e;
        }
    }
}
