/**
 * The published families of layouts, to choose from beside the live one: principal components,
 * self-organising map, co-activation graph, t-SNE, UMAP, particle swarm, and each of them spread by
 * the swarm's local force.
 *
 * <p>Each is a pure function of a layer's activity, of a distance, a seed and, if there is one, an
 * earlier map to start from. None is incremental: {@link dev.alidade.analysis.layout.LiveLayout} is
 * what follows a training. {@link dev.alidade.analysis.layout.family.LayoutFamily} is where to
 * begin.
 *
 * <p>After Krug, Ratul, Olson and Stober, "Visualizing Deep Neural Networks with Topographic
 * Activation Maps", HHAI 2023 (arXiv 2204.03528), which compares them.
 */
@NullMarked
package dev.alidade.analysis.layout.family;

import org.jspecify.annotations.NullMarked;
