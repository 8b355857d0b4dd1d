package org.espalier.lab.command;

import java.util.List;
import java.util.function.Consumer;
import org.espalier.app.command.CommandSource;
import org.espalier.core.Progress;

/** All of them. */
public final class PerfCommands implements CommandSource {
    @Override
    public List<Object> commands(Consumer<String> say, Progress progress) {
        return List.of(
                new PerfTreeCommand(say, progress),
                new PerfDecodeCommand(say, progress),
                new PerfMemoryCommand(say, progress),
                new PerfServeCommand(say, progress),
                new PerfDemoCommand(say, progress),
                new PerfTokenizeCommand(say),
                new PerfWebpCommand(say, progress),
                new PerfStudioCommand(say, progress),
                new PerfCrashCommand(say, progress),
                new PerfClusterCommand(say, progress),
                new PerfSharedCommand(say, progress),
                new PerfScaleCommand(say, progress),
                new PerfLoadCommand(say, progress),
                new PerfHubCommand(say, progress));
    }
}
