package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A classic BPF program for a raw socket that lets only those packets through whose destination
 * port is one of ours, so that a busy machine's other traffic never reaches the prober.
 */
public final class PacketFilter {
  private static final int LOAD_HEADER_LENGTH = 0xb1; // BPF_LDX | BPF_B | BPF_MSH
  private static final int LOAD_HALF_INDEXED = 0x48; // BPF_LD | BPF_H | BPF_IND
  private static final int LOAD_X_IMMEDIATE = 0x01; // BPF_LDX | BPF_IMM
  private static final int JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
  private static final int RETURN = 0x06; // BPF_RET | BPF_K
  private static final int WHOLE_PACKET = 0x40000;
  private static final int INSTRUCTION_BYTES = 8;
  private static final int DESTINATION_PORT = 2;

  private final long[] instructions;

  private PacketFilter(long[] instructions) {
    this.instructions = instructions;
  }

  /** Lets nothing through: for a socket that only sends. */
  public static PacketFilter nothing() {
    return new PacketFilter(new long[] {instruction(RETURN, 0, 0, 0)});
  }

  /** Raw IPv4 sockets see the IP header first, raw IPv6 sockets do not. */
  public static PacketFilter destinationPorts(AddressFamily family, int... ports) {
    if (ports.length == 0 || ports.length > 200) {
      throw new IllegalArgumentException("a filter takes 1-200 ports, not " + ports.length);
    }
    long[] program = new long[ports.length + 4];
    program[0] =
        family == AddressFamily.IPV4
            ? instruction(LOAD_HEADER_LENGTH, 0, 0, 0)
            : instruction(LOAD_X_IMMEDIATE, 0, 0, 0);
    program[1] = instruction(LOAD_HALF_INDEXED, 0, 0, DESTINATION_PORT);
    for (int i = 0; i < ports.length; i++) {
      program[2 + i] = instruction(JUMP_IF_EQUAL, ports.length - i, 0, ports[i]);
    }
    program[ports.length + 2] = instruction(RETURN, 0, 0, 0);
    program[ports.length + 3] = instruction(RETURN, 0, 0, WHOLE_PACKET);
    return new PacketFilter(program);
  }

  /** struct sock_fprog: the number of instructions, then a pointer to them. */
  MemorySegment program(Arena arena) {
    MemorySegment code = arena.allocate((long) instructions.length * INSTRUCTION_BYTES, 8);
    for (int i = 0; i < instructions.length; i++) {
      code.setAtIndex(ValueLayout.JAVA_LONG, i, instructions[i]);
    }
    MemorySegment program = arena.allocate(16, 8);
    program.set(ValueLayout.JAVA_SHORT, 0, (short) instructions.length);
    program.set(ValueLayout.ADDRESS, 8, code);
    return program;
  }

  /** struct sock_filter {u16 code; u8 jt; u8 jf; u32 k} as a little-endian long. */
  private static long instruction(int code, int ifTrue, int ifFalse, int k) {
    return code | (long) ifTrue << 16 | (long) ifFalse << 24 | Integer.toUnsignedLong(k) << 32;
  }

  @Override
  public String toString() {
    return "packet filter " + Arrays.toString(instructions);
  }
}
