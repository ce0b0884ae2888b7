package io.nettrace.edge.portal;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, and the way to the others.
 *
 * @param count which rows of how many these are, in words
 * @param first address of the list's first page; empty on it
 * @param previous address of the page before; empty when that is the first, or is not known
 * @param next address of the page behind; empty on the last
 */
public record PagedList<T>(List<T> rows, String count, String first, String previous, String next) {

  /**
   * The page that is asked for of a list that is known as a whole.
   *
   * @param name of the parameter that says which, from 0; behind the end is the last one, since
   *     lists shrink
   */
  public static <T> PagedList<T> numbered(
      List<T> all, int size, PageAddress address, String name, FormInput input) {
    int last = Math.max(0, (all.size() - 1) / size);
    int page = input.page(name, last);
    int from = page * size;
    int until = Math.min(from + size, all.size());
    return new PagedList<>(
        all.subList(from, until),
        "%,d–%,d of %,d".formatted(Math.min(from + 1, until), until, all.size()),
        page > 0 ? address.toString() : "",
        page > 1 ? address.with(name, page - 1).toString() : "",
        until < all.size() ? address.with(name, page + 1).toString() : "");
  }

  /**
   * The page that is asked for of a list that is read piece by piece.
   *
   * @param found the page's rows, and one more if there are more
   * @param name of the parameter that says behind which row, by its {@code key}
   */
  public static <T> PagedList<T> behind(
      List<T> found,
      int size,
      PageAddress address,
      String name,
      FormInput input,
      Function<T, ?> key) {
    boolean more = found.size() > size;
    List<T> rows = more ? found.subList(0, size) : found;
    return new PagedList<>(
        rows,
        "",
        input.get(name).isEmpty() ? "" : address.toString(),
        "",
        more ? address.with(name, key.apply(rows.getLast())).toString() : "");
  }

  /** The same page with its rows told otherwise. */
  public <R> PagedList<R> map(Function<T, R> row) {
    return new PagedList<>(rows.stream().map(row).toList(), count, first, previous, next);
  }

  /** The same page with its count in other words. */
  public PagedList<T> counted(String words) {
    return new PagedList<>(rows, words, first, previous, next);
  }
}
