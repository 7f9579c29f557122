/**
 * Coffer against the reference implementation: random calls on both, and after each of them everything a caller, a
 * callback or a monitor can see is compared. Start at {@link io.coffer.conformance.Duel}; where the two may differ is
 * written down, once, in {@link io.coffer.conformance.KnownDifference}.
 */
package io.coffer.conformance;
