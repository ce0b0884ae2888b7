#!/bin/bash
# What strangers cost: starts the product in the lab, then prints
#   - requests a second of /docs against a file of about its size from the same server,
#   - a tenant's p99 on /latency alone, beside a flood of pages, and beside 500 bodies that drip: alone
#     and beside the flood in turn, ROUNDS times, with the ratio over all rounds, since one alone is noise,
#   - how full the server's heap is after a collection during the flood.
# The tenant makes 40 requests a second over two connections, less than its plan allows, by a process
# that comes before the attackers; the flood and the bodies come from one address and are held to no
# bound of the address, as if they came from many.
# Needs root (for nice), wrk, python3, zip and a packaged build.
set -u
P=${DIST:-target}; W=${WORK:-$(mktemp -d)}; JAVA=${JAVA_HOME:?}/bin/java; PORT=18480; SECONDS_EACH=${SECONDS_EACH:-15}; ROUNDS=${ROUNDS:-4}
DOCS_BYTES=${DOCS_BYTES:-226421} # the file to compare with, of the size of /docs
mkdir -p "$W/war/webjars/bench"; cp "$P/nettrace.war" "$W/nettrace.war"
head -c "$DOCS_BYTES" /dev/urandom > "$W/war/webjars/bench/file.js"; (cd "$W/war" && zip -q "$W/nettrace.war" webjars/bench/file.js)
"$JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx160m -Dnettrace.data="$W/data" -Dnettrace.config="$W/none" -Dnettrace.network=lab \
  -Dnettrace.http.port=$PORT -Dnettrace.operations.port=$((PORT + 1)) -Dnettrace.db.port=$((PORT + 2)) -Dnettrace.portal.pages-per-minute=1000000 -Dnettrace.http.max-requests-per-address=1000 ${SETTINGS:-} \
  -jar "$P/dist/nettrace-launcher.jar" "$W/nettrace.war" > "$W/log" 2>&1 &
L=$!; trap 'kill $L 2>/dev/null; wait 2>/dev/null' EXIT
for _ in $(seq 150); do grep -q "NetTrace is running" "$W/log" && break; sleep 1; done
grep -q "NetTrace is running" "$W/log" || { tail -20 "$W/log"; exit 1; }
KEY=$(cat "$W/data/demo-api-key"); ROOT=http://127.0.0.1:$PORT
for _ in $(seq 60); do curl -sf -o /dev/null -H "X-API-Key: $KEY" "$ROOT/api/v1/latency/www.nyse.com" && break; sleep 1; done
NETTRACE_DATA=$W/data NETTRACE_OPERATIONS_PORT=$((PORT + 1)) "$P/dist/nettrace" plan demo enterprise-pro > /dev/null
rate() { wrk -t1 -c8 -d"${SECONDS_EACH}s" "$1" | sed -n 's/Requests\/sec: *//p'; }
cat > "$W/tenant.py" <<'PY'
import http.client, sys, threading, time
port, seconds, key, kept = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3], sys.argv[4]
took, wrong = [], []
def ask(offset):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    due = time.monotonic() + offset
    end = due + seconds
    while due < end:
        time.sleep(max(0, due - time.monotonic()))
        begun = time.monotonic()
        connection.request("GET", "/api/v1/latency/www.nyse.com", headers={"X-API-Key": key})
        answer = connection.getresponse(); answer.read()
        took.append(time.monotonic() - begun)
        if answer.status != 200: wrong.append(answer.status)
        due += 0.05
threads = [threading.Thread(target=ask, args=(i * 0.025,)) for i in range(2)]
[t.start() for t in threads]; [t.join() for t in threads]
with open(kept, "a") as all_rounds: all_rounds.writelines(f"{t}\n" for t in took)
took.sort()
at = lambda q: "%.2f" % (took[min(len(took) - 1, int(len(took) * q))] * 1000)
print("p50", at(.5), "p99", at(.99), "max", at(1), "ms of", len(took), "requests,", len(wrong), "not answered with 200")
PY
tenant() { nice -n -15 python3 "$W/tenant.py" "$PORT" "$SECONDS_EACH" "$KEY" "$W/$1"; }
over() { python3 - "$W/$1" "$W/alone" <<'PY'
import sys
p99 = lambda path: (lambda t: t[int(len(t) * .99)])(sorted(float(line) for line in open(path)))
it, alone = p99(sys.argv[1]), p99(sys.argv[2])
print("p99 %.2f ms, alone %.2f ms, ratio %.2f" % (it * 1000, alone * 1000, it / alone))
PY
}
FILE=$ROOT/webjars/bench/file.js
rate "$ROOT/docs" > /dev/null; rate "$FILE" > /dev/null # warm
echo "bytes: /docs $(curl -s "$ROOT/docs" | wc -c), file $(curl -s "$FILE" | wc -c)"
D=$(rate "$ROOT/docs"); F=$(rate "$FILE"); echo "requests/s: /docs $D, file $F, ratio $(python3 -c "print(round($D/$F, 2))")"
flood() { wrk -t1 -c50 -d"$((SECONDS_EACH + 5))s" "$ROOT/status" > "$W/flood" & FL=$!; sleep 2; }
flood; tenant warm > /dev/null; wait $FL
for _ in $(seq "$ROUNDS"); do
  echo "tenant alone: $(tenant alone)"
  flood; echo "tenant beside a flood of pages: $(tenant pages)"; wait $FL
done
echo "beside the flood: $(over pages)"
flood
S=$(cat "$W/data/payara/pid"); "${JAVA_HOME}/bin/jcmd" "$S" GC.run > /dev/null
"${JAVA_HOME}/bin/jcmd" "$S" GC.heap_info | awk '/(DefNew|Tenured|tenured).*total/ { for (i = 1; i < NF; i++) if ($i == "used") used += $(i + 1) } END { print "heap after a collection during the flood, KiB:", used }'
"${JAVA_HOME}/bin/jcmd" "$S" VM.flags | tr ' ' '\n' | grep MaxHeapSize
echo "health/live during the flood: $(curl -s -o /dev/null -w '%{http_code} %{time_total}' "$ROOT/health/live")"; wait $FL
python3 - "$PORT" "$SECONDS_EACH" <<'PY' &
import socket, sys, time
port, seconds = int(sys.argv[1]), int(sys.argv[2])
slow = []
for i in range(500):
    s = socket.create_connection(("127.0.0.1", port))
    s.sendall(b"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
    slow.append(s)
end = time.time() + seconds
while time.time() < end:
    for s in slow:
        try: s.send(b"x")
        except OSError: pass
    time.sleep(1)
PY
SL=$!; sleep 1; echo "tenant beside 500 slow bodies: $(tenant bodies)"; echo "beside the bodies: $(over bodies)"; wait $SL
grep -c "OutOfMemory" "$W/log" | sed 's/^/out of memory: /'
