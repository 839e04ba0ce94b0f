/**
 * The part of the agent that speaks to models, loaded once beside each Deeplearning4j of the
 * process.
 */
@NullMarked
package dev.alidade.agent.model;

import org.jspecify.annotations.NullMarked;
