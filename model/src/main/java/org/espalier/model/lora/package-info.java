/** Low-rank adapters: their values, their files and their optimizer. */
@NullMarked
package org.espalier.model.lora;

import org.jspecify.annotations.NullMarked;
