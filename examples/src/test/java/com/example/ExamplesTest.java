package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.bench.run.Result;
import org.espalier.core.ExploreSummary;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TreeFile;
import org.espalier.greenhouse.data.Part;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.greenhouse.WorldDrawing;
import org.espalier.workflow.train.AdapterTraining;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    private static final Path MODEL = Path.of("..", "greenhouse", "model");

    @TempDir
    private static Path folder;

    private static Path train;
    private static Result measured;

    @BeforeAll
    static void exploreTrainAndMeasure() {
        Path world = ExploreTrainMeasure.questions(MODEL, folder);
        train = WorldDrawing.file(world, Part.TRAIN);
        measured = ExploreTrainMeasure.run(
                MODEL, train, world.resolve(WorldDrawing.TEST), folder.resolve("whole"), Progress.SILENT);
    }

    @Test
    void theWholeMethodGivesAnAdapterAndItsFigures() {
        assertThat(folder.resolve("whole/trained/adapter/adapter_model.safetensors")).isNotEmptyFile();
        assertThat(measured.counts().answers()).isEqualTo(4);
        assertThat(measured.figures()).isNotEmpty();
    }

    @Test
    void aVerifierOfOnesOwnDecides() {
        Path out = folder.resolve("cautious");
        ExploreSummary explored = Exploration.of(MODEL, train, out)
                .with(ExploreSettings.PAPER.withMaxTokens(96).withTries(2, 2).withExamples(0, false))
                .with(new VerifierChoice.Named("cautious", new CautiousVerifier()))
                .run(Progress.SILENT);

        assertThat(explored.questions()).isEqualTo(8);
        List<SsuiSample> samples = SsuiFile.read(train);
        for (PathTree tree : TreeFile.read(out.resolve(TreeFile.NAME))) {
            SsuiSample sample = samples.stream().filter(it -> it.id().equals(tree.id())).findFirst().orElseThrow();
            tree.branches().forEach(branch -> {
                String last = branch.steps().getLast();
                boolean warns = last.toLowerCase().matches("(?s).*(not|danger|unsafe).*");
                assertThat(branch.verdict().correct()).isEqualTo(warns == (sample.risk() == Risk.UNSAFE));
            });
        }
    }

    @Test
    void anObjectiveOfOnesOwnTrains() throws IOException {
        Path out = folder.resolve("rewarded");
        AdapterTraining.of(MODEL, folder.resolve("whole/explored"), out)
                .with(TrainSettings.PAPER.withObjective(new Rewarded(-0.1)).withBatch(2).withEpochs(2))
                .run(Progress.SILENT);

        List<String> steps = Files.readAllLines(out.resolve("metrics.jsonl"));
        assertThat(steps).hasSizeGreaterThan(2).allMatch(line -> line.contains("\"reward\":"));
    }
}
