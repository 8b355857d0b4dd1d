/** Qwen2-VL and Qwen2.5-VL: their configuration, vision towers and three-row positions. */
@NullMarked
package org.espalier.model.qwen;

import org.jspecify.annotations.NullMarked;
