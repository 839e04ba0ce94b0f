/**
 * Who may do what. {@link dev.alidade.server.security.Access} is asked about every request and
 * every upgrade, in this order: is the Host one of ours (DNS rebinding), does the Origin equal it
 * (requests forged by other sites), and which {@link dev.alidade.server.security.Role} does the
 * bearer token or the session cookie prove. Nothing else in the server looks at credentials.
 */
@NullMarked
package dev.alidade.server.security;

import org.jspecify.annotations.NullMarked;
