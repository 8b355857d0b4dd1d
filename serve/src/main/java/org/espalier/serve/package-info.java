/**
 * A model behind OpenAI's chat completions API. {@link org.espalier.serve.ModelServer} listens; callers' answers share one
 * batch of {@link org.espalier.model.generate.ContinuousBatching}.
 *
 * {@snippet :
 * try (LoadedModel model = LoadedModel.open(folder, Device.CPU);
 *         ModelServer server = ModelServer.start(model, "my-model", Map.of(), ServerSettings.plain(), Optional.empty())) {
 *     System.out.println(server.base());
 *     Thread.sleep(Duration.ofHours(1));
 * }
 * }
 */
@NullMarked
package org.espalier.serve;

import org.jspecify.annotations.NullMarked;
