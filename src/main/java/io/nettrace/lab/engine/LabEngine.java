package io.nettrace.lab.engine;

import io.nettrace.lab.engine.LabCounters.Fate;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.posix.NativeBuffer;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.Tun;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads probes from a device and writes their answers when they are due. {@link #run} belongs to
 * one thread; events and questions may come from any.
 */
public final class LabEngine {
  private static final long IDLE_NANOS = 50_000_000;
  private static final long BUSY_GAP_NANOS = 450_000;
  private static final int GAPS_REMEMBERED = 8;

  private final EngineSettings settings;
  private final Topology topology;
  private final Responder responder;
  private final ReplyQueue queue;
  private final NativeBuffer[] inbound;
  private final int[] lengths;
  private long lastReadNanos;
  private long usualGapNanos = IDLE_NANOS;
  private final long[] readNanos;
  private final DelayLog log;
  private final LabCounters counters = new LabCounters();
  private volatile boolean running = true;

  public LabEngine(Scenario scenario, EngineSettings settings) {
    this.settings = settings;
    this.topology = Topology.of(scenario);
    this.responder = new Responder(topology);
    this.queue = new ReplyQueue(settings.pendingReplies(), settings.packetBytes());
    this.inbound = new NativeBuffer[settings.drainBatch()];
    Arrays.setAll(inbound, _ -> NativeBuffer.allocate(settings.packetBytes()));
    this.lengths = new int[settings.drainBatch()];
    this.readNanos = new long[settings.drainBatch()];
    this.log = new DelayLog(settings.logEntries());
  }

  public DelayLog log() {
    return log;
  }

  public LabStatistics statistics() {
    return counters.snapshot();
  }

  /** Lets the event happen; refuses one that speaks of things the scenario does not have. */
  public synchronized void fire(LabEvent event) {
    responder.conditions(responder.conditions().after(event));
  }

  /** Refuses an event that speaks of things the scenario does not have. */
  public void check(LabEvent event) {
    var _ = responder.conditions().after(event);
  }

  /** Ends what the event brought about, unless a later one has replaced it. */
  public synchronized void undo(LabEvent event) {
    responder.conditions(responder.conditions().undoing(event));
  }

  /** Lets {@link #run} return soon. */
  public void stop() {
    running = false;
  }

  /** Carries packets until stopped. */
  public void run(Tun tun) throws PosixException {
    while (running) {
      int read = drain(tun);
      deliverDue(tun);
      if (read == 0) {
        rest(tun);
      }
    }
  }

  /** Packets that arrived together are all read before the first is answered: reading is short. */
  private int drain(Tun tun) throws PosixException {
    int count = 0;
    while (count < inbound.length) {
      int length = tun.read(inbound[count]);
      if (length < 0) {
        break;
      }
      lengths[count] = length;
      readNanos[count] = System.nanoTime();
      count++;
    }
    if (count > 0) {
      long gap = Math.min(IDLE_NANOS, readNanos[0] - lastReadNanos);
      usualGapNanos += (gap - usualGapNanos) / GAPS_REMEMBERED;
      lastReadNanos = readNanos[count - 1];
    }
    for (int i = 0; i < count; i++) {
      accept(inbound[i].bytes(), lengths[i], readNanos[i]);
    }
    return count;
  }

  /** Packets have been coming thick and fast: falling asleep would cost more than it saves. */
  private boolean isBusy(long now) {
    return usualGapNanos < BUSY_GAP_NANOS && now - lastReadNanos < BUSY_GAP_NANOS;
  }

  private void accept(ByteBuffer packet, int length, long nowNanos) {
    counters.count(Fate.READ);
    @Nullable LabReply reply = queue.take();
    if (reply == null) {
      counters.count(Fate.OVERFLOWED);
      return;
    }
    Fate fate = responder.respond(packet, length, nowNanos, reply);
    if (fate == Fate.ANSWERED) {
      queue.add(reply);
    } else {
      counters.count(fate);
      queue.release(reply);
    }
  }

  private void deliverDue(Tun tun) throws PosixException {
    while (!queue.isEmpty()) {
      long now = System.nanoTime();
      if (queue.nextDueNanos() - now > 0) {
        return;
      }
      LabReply reply = queue.poll();
      if (taken(tun, reply)) {
        log.add(reply, now);
        counters.count(Fate.ANSWERED);
      } else {
        counters.count(Fate.OVERFLOWED);
      }
      queue.release(reply);
    }
  }

  /** Somebody inside may switch the interface off; that loses answers but does not end the lab. */
  private static boolean taken(Tun tun, LabReply reply) {
    try {
      return tun.write(reply.packet, reply.length);
    } catch (PosixException _) {
      return false;
    }
  }

  /** Sleeps until shortly before the next answer is due; the rest of the time passes spinning. */
  private void rest(Tun tun) throws PosixException {
    long now = System.nanoTime();
    long nanos = isBusy(now) ? 0 : IDLE_NANOS;
    if (!queue.isEmpty()) {
      nanos = Math.min(nanos, queue.nextDueNanos() - now - settings.spinNanos());
    }
    if (nanos > 0) {
      var _ = tun.awaitReadable(nanos);
    } else {
      Thread.onSpinWait();
    }
  }
}
