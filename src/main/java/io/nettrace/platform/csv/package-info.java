/**
 * Files for spreadsheets: RFC 4180, and text that a spreadsheet would run is neutralised. {@link
 * io.nettrace.platform.csv.CsvLine} is the only writer of CSV.
 *
 * <p>The rule, which is undone by taking away one apostrophe at the start: a text that begins with
 * one of {@code = + - @}, their full-width forms, a tab, a line break or an apostrophe gets an
 * apostrophe before it. Numbers, times and truths are written bare. NDJSON and Parquet are exact.
 */
@NullMarked
package io.nettrace.platform.csv;

import org.jspecify.annotations.NullMarked;
