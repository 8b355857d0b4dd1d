package org.espalier.ssui.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every agent in the list, and for one that is added to it. */
class AgentsTest {
    private static final List<Agent> ALL = Agents.all(Taxonomy.composed(), Quotas.equal(Taxonomy.composed()));

    @TempDir
    Path folder;

    @Test
    void eachHasItsNameInTheListAPromptAndAForm() {
        assertThat(ALL)
                .extracting(Agent::name)
                .containsExactlyElementsOf(Agents.NAMES)
                .doesNotHaveDuplicates();
        assertThat(ALL).allSatisfy(agent -> {
            assertThat(AgentPrompt.shipped(agent.name()).text()).startsWith("You are the " + agent.name() + " agent.");
            assertThat(agent.form().name()).isEqualTo(agent.name());
            assertThat(agent.form().fields()).isNotEmpty();
            assertThat(agent.usualTokens()).isPositive();
        });
    }

    @Test
    void eachMayBeNamedInAnEndpointsFile() throws IOException {
        StringBuilder yaml = new StringBuilder("endpoints:\n  it: {base-url: 'http://h/v1', model: m}\nagents:\n");
        Agents.NAMES.forEach(name -> yaml.append("  ").append(name).append(": {max-tokens: 77}\n"));
        Path file = Files.writeString(folder.resolve("endpoints.yaml"), yaml.append("  safety: it\n  judge: it\n"));

        EndpointsFile read = Agents.readEndpoints(file);
        assertThat(Agents.NAMES)
                .allSatisfy(name -> assertThat(read.settings(name).maxTokens()).hasValue(77));
    }
}
