package io.nettrace.edge.portal.record;

/**
 * A way to see a page otherwise.
 *
 * @param plan title of the plan that has it when the visitor's has not; empty when it may be chosen
 */
public record Choice(String title, String address, boolean chosen, String plan) {}
