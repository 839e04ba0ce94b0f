/**
 * Conditions at work: one {@link dev.alidade.watch.detect.Detector} per rule and subject, fed with
 * one sample after the other. Memory is bounded by the rule's windows; nothing here reads a clock.
 */
@NullMarked
package dev.alidade.watch.detect;

import org.jspecify.annotations.NullMarked;
