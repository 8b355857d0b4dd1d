/**
 * Multimodal models in-process. {@link org.espalier.model.LoadedModel} is the door: whatever samples, trains, merges or
 * measures is made from it, or from {@link org.espalier.model.ModelFolder} where weights are not needed.
 */
@NullMarked
package org.espalier.model;

import org.jspecify.annotations.NullMarked;
