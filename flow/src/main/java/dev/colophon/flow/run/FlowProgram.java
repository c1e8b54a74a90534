package dev.colophon.flow.run;

import dev.colophon.flow.graph.FlowGraph;

/**
 * A flow ready to be executed.
 *
 * @param type its class, loaded
 * @param graph as checked from that class
 */
public record FlowProgram(Class<?> type, FlowGraph graph) {}
