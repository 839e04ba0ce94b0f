/**
 * All of Alidade that the class path of the application gets to see: the entry points of the agent
 * and the way from woven code to it. JDK types only.
 */
package dev.alidade.agent.boot;
