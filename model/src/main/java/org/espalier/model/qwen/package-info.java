/** Qwen2.5-VL: its configuration, vision tower and three-row positions. */
@NullMarked
package org.espalier.model.qwen;

import org.jspecify.annotations.NullMarked;
