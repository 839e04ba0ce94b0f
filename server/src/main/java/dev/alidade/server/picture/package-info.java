/**
 * Maps as still pictures, drawn without a screen: the same surface, colours, contours and dots as
 * the page's, whose shaders ({@code dashboard/src/view/map/shaders.ts}) say how. A {@link
 * dev.alidade.server.picture.MapSource} finds the map of a moment in a recording, a {@link
 * dev.alidade.server.picture.MapSheet} lays it out with its caption, a {@link
 * dev.alidade.server.picture.MapPainter} draws one map into a {@link
 * dev.alidade.server.picture.Canvas}. Everything that a film draws again and again is reused; no
 * font and no display of the machine is touched.
 */
@NullMarked
package dev.alidade.server.picture;

import org.jspecify.annotations.NullMarked;
