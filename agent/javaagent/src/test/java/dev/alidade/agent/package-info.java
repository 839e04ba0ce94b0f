@NullMarked
package dev.alidade.agent;

import org.jspecify.annotations.NullMarked;
