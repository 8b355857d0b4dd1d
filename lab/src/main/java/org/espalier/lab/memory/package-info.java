/** What a model of a published shape takes of memory: its loading, sampling, and steps of training. */
@NullMarked
package org.espalier.lab.memory;

import org.jspecify.annotations.NullMarked;
