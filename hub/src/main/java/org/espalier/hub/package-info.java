/**
 * Models, adapters and data of a hub that speaks Hugging Face's API: found in the cache that all programs share, fetched into
 * it, and published.
 *
 * <pre>{@code
 * HubPlace place = HubPlace.of(System.getenv());
 * HubReference model = HubReference.parse(RepositoryName.Kind.MODEL, "OWNER/NAME");
 * Path folder = new Pull(model, place, List.of()).run(Progress.SILENT).folder();
 * }</pre>
 */
@NullMarked
package org.espalier.hub;

import org.jspecify.annotations.NullMarked;
