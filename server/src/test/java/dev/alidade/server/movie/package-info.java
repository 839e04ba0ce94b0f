@NullMarked
package dev.alidade.server.movie;

import org.jspecify.annotations.NullMarked;
