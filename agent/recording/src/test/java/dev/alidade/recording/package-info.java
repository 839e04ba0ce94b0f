@NullMarked
package dev.alidade.recording;

import org.jspecify.annotations.NullMarked;
