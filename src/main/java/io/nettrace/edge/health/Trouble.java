package io.nettrace.edge.health;

/**
 * What is wrong with a part.
 *
 * @param reason a sentence without its full stop
 * @param remedy what an operator does about it, as a sentence
 */
record Trouble(String reason, String remedy) {}
