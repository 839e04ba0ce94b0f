/**
 * The command line: {@code serve}, {@code demo}, {@code runs}, {@code inspect} and {@code export}.
 * Results go to standard output; an error is one line on standard error and exit code 1, or 2 when
 * the command line itself is wrong. Whatever comes out of a recording may come from a stranger and
 * is printed without control characters.
 */
@NullMarked
package dev.alidade.server.cli;

import org.jspecify.annotations.NullMarked;
