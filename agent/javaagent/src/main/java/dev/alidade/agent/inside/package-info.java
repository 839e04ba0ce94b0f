/**
 * The agent itself, in a class loader whose parent is the platform's: the application sees nothing
 * of it, and it sees nothing of the application but through {@link
 * dev.alidade.agent.inside.ModelLoader}.
 */
@NullMarked
package dev.alidade.agent.inside;

import org.jspecify.annotations.NullMarked;
