/** YAML that a person wrote, read so that every problem is found at once, each with its line. */
@NullMarked
package org.espalier.core.yaml;

import org.jspecify.annotations.NullMarked;
