/**
 * Settings that explain themselves: a component of a settings record says with {@link org.espalier.core.settings.Setting}
 * what it means and which numbers it takes. Recipes, flags, help texts and the record's own constructor read it there.
 */
@NullMarked
package org.espalier.core.settings;

import org.jspecify.annotations.NullMarked;
