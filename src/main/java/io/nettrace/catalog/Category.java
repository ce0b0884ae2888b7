package io.nettrace.catalog;

import java.util.Arrays;
import java.util.Optional;

/** The kind of service behind an endpoint, by which targets are grouped and ranked. */
public enum Category {
  QUANT_API("quant-api", "Quant APIs"),
  CLOUD("cloud", "Cloud providers"),
  EXCHANGE("exchange", "NYSE & financial"),
  CRYPTO("crypto", "Crypto exchanges"),
  FOREX_BROKER("forex-broker", "Forex & brokers"),
  CDN_DNS("cdn-dns", "CDN & DNS"),
  GOVERNMENT("government", "Government & data");

  private final String word;
  private final String title;

  Category(String word, String title) {
    this.word = word;
    this.title = title;
  }

  /** As it is written in files and URLs. */
  public String word() {
    return word;
  }

  /** As people read it. */
  public String title() {
    return title;
  }

  public static Optional<Category> of(String word) {
    return Arrays.stream(values()).filter(category -> category.word.equals(word)).findFirst();
  }
}
