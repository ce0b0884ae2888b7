package io.nettrace.geo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes small databases in MaxMind's format (version 2.0): an IPv6 tree, 32-bit records. */
public final class MmdbWriter {
  private static final int SEPARATOR = 16;
  private static final int IPV6_BITS = 128;
  private static final int IPV4_OFFSET = 96;

  private static final class Node {
    private final @Nullable Object[] children = new @Nullable Object[2];
    private int number;
  }

  private final String type;
  private final long buildEpoch;
  private final Node root = new Node();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  public MmdbWriter(String type, long buildEpoch) {
    this.type = type;
    this.buildEpoch = buildEpoch;
  }

  /** Says {@code record} of all addresses of a prefix that no longer prefix has. */
  public MmdbWriter add(String prefix, Map<String, ?> record) {
    int slash = prefix.indexOf('/');
    byte[] address = InetAddress.ofLiteral(prefix.substring(0, slash)).getAddress();
    int bits = Integer.parseInt(prefix.substring(slash + 1));
    boolean v4 = address.length == 4;
    byte[] wide = new byte[16];
    System.arraycopy(address, 0, wide, v4 ? 12 : 0, address.length);
    int length = v4 ? bits + IPV4_OFFSET : bits;
    Node node = root;
    for (int i = 0; i < length - 1; i++) {
      int bit = bit(wide, i);
      if (!(node.children[bit] instanceof Node)) {
        Node child = new Node();
        child.children[0] = node.children[bit];
        child.children[1] = node.children[bit];
        node.children[bit] = child;
      }
      node = (Node) node.children[bit];
    }
    node.children[bit(wide, length - 1)] = data.size();
    data.writeBytes(encoded(record));
    return this;
  }

  public byte[] bytes() {
    List<Node> nodes = new ArrayList<>();
    number(root, nodes);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(file)) {
      for (Node node : nodes) {
        for (Object child : node.children) {
          out.writeInt(value(child, nodes.size()));
        }
      }
      out.write(new byte[SEPARATOR]);
      out.write(data.toByteArray());
      out.write(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
      out.write("MaxMind.com".getBytes(StandardCharsets.UTF_8));
      out.write(encoded(metadata(nodes.size())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  private Map<String, ?> metadata(int nodes) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("binary_format_major_version", 2);
    metadata.put("binary_format_minor_version", 0);
    metadata.put("build_epoch", buildEpoch);
    metadata.put("database_type", type);
    metadata.put("description", Map.of("en", "for tests"));
    metadata.put("ip_version", 6);
    metadata.put("languages", List.of("en"));
    metadata.put("node_count", (long) nodes);
    metadata.put("record_size", 32);
    return metadata;
  }

  private static void number(Node node, List<Node> nodes) {
    node.number = nodes.size();
    nodes.add(node);
    for (Object child : node.children) {
      if (child instanceof Node inner) {
        number(inner, nodes);
      }
    }
  }

  private static int value(@Nullable Object child, int nodes) {
    return switch (child) {
      case null -> nodes;
      case Node node -> node.number;
      case Integer offset -> nodes + SEPARATOR + offset;
      default -> throw new IllegalStateException();
    };
  }

  private static int bit(byte[] address, int index) {
    if (index >= IPV6_BITS) {
      throw new IllegalArgumentException("a prefix has at most 128 bits");
    }
    return (address[index / 8] >> (7 - index % 8)) & 1;
  }

  private static byte[] encoded(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (value) {
      case String text -> sized(out, 2, text.getBytes(StandardCharsets.UTF_8));
      case Double number -> sized(out, 3, big(Double.doubleToLongBits(number), 8));
      case Integer number -> sized(out, 5, big(number, 2));
      case Long number -> {
        boolean wide = number > 0xffff_ffffL;
        sized(out, wide ? 9 : 6, big(number, wide ? 8 : 4));
      }
      case Map<?, ?> map -> {
        control(out, 7, map.size());
        new TreeMap<Object, Object>(map)
            .forEach(
                (key, member) -> {
                  out.writeBytes(encoded(key));
                  out.writeBytes(encoded(member));
                });
      }
      case List<?> list -> {
        control(out, 11, list.size());
        list.forEach(member -> out.writeBytes(encoded(member)));
      }
      default -> throw new IllegalArgumentException("no such type: " + value.getClass());
    }
    return out.toByteArray();
  }

  private static void sized(ByteArrayOutputStream out, int type, byte[] content) {
    control(out, type, content.length);
    out.writeBytes(content);
  }

  private static void control(ByteArrayOutputStream out, int type, int size) {
    boolean extended = type > 7;
    out.write((extended ? 0 : type << 5) | Math.min(size, 29));
    if (extended) {
      out.write(type - 7);
    }
    if (size >= 29) {
      out.write(size - 29);
    }
  }

  private static byte[] big(long value, int bytes) {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) (value >> (8 * (bytes - 1 - i)));
    }
    return content;
  }
}
