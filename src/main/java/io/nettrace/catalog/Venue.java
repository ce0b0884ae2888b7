package io.nettrace.catalog;

/** Where the service behind an endpoint stands, as its operator says in public. */
public record Venue(String place, String country, double latitude, double longitude) {}
