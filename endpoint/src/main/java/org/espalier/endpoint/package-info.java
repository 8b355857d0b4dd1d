/**
 * Model endpoints behind one port: providers, limits, prices, budgets, and a journal under all of them so that no answer
 * is paid for twice.
 *
 * <pre>{@code
 * EndpointsFile file = EndpointsFile.read(Path.of("endpoints.yaml"), List.of());
 * // or EndpointsFile.of(EndpointPlan.at("http://127.0.0.1:8000/v1", "qwen2.5-vl", Optional.of("VLLM_KEY")))
 * try (Store store = Store.inFolder(run);
 *         Endpoints endpoints = Endpoints.open(file, store)) {
 *     Endpoint endpoint = endpoints.of(EndpointsFile.JUDGE); // asks, one at a time or from a thousand virtual threads
 *     ChatModel model = new EndpointChatModel(endpoint); // the same for rooms that know core alone
 *     Sampler sampler = new EndpointSampler(endpoint); // where it can continue from the beginning of an answer
 * }
 * }</pre>
 *
 * <p>An endpoint retries by itself; what it still could not get comes back as a failure with a reason. What no further
 * call would change (a refused key, an unknown model, a spent budget, a server that is gone) is thrown and ends the run;
 * the same command continues later. docs/endpoints.md describes the endpoints file.
 */
@NullMarked
package org.espalier.endpoint;

import org.jspecify.annotations.NullMarked;
