@NullMarked
package dev.alidade.server.cli;

import org.jspecify.annotations.NullMarked;
