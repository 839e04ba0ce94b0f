/**
 * Laws that describe how a quantity moves over a whole training, fitted while samples arrive.
 *
 * <pre>
 * (t, value) ─► LiveLaw ─► Samples (bounded, evenly averaged) ─► Law ─► Fitted | Unidentifiable
 *                  └─► what was forecast before, beside what came
 * </pre>
 *
 * Every law is linear in all but one or two of its parameters, so that a fit is a search over those
 * (a grid, then Levenberg-Marquardt) with a small linear solve inside: variable projection (Golub,
 * Pereyra 1973). A law that the samples do not determine abstains and says why.
 */
@NullMarked
package dev.alidade.analysis.laws;

import org.jspecify.annotations.NullMarked;
