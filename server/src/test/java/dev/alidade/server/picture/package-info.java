@NullMarked
package dev.alidade.server.picture;

import org.jspecify.annotations.NullMarked;
