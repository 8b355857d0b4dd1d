/** Recipes: presets, files and flags become typed settings, each of which knows where its value came from. */
@NullMarked
package org.espalier.app.config;

import org.jspecify.annotations.NullMarked;
