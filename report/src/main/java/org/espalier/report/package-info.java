/**
 * The report: what was run and what came of it, as one HTML page that needs nothing else, as JSON and as Markdown. It
 * names no winner where intervals overlap.
 */
@NullMarked
package org.espalier.report;

import org.jspecify.annotations.NullMarked;
