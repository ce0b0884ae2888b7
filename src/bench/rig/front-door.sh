#!/bin/bash
# What strangers cost: starts the product in the lab, then prints
#   - requests a second of /docs against a file of about its size from the same server,
#   - a tenant's p99 on /latency alone, beside a flood of pages, and beside 500 bodies that drip,
#   - how full the server's heap is after a collection during the flood.
# Needs wrk, python3 and a packaged build.
set -u
P=${DIST:-target}; W=${WORK:-$(mktemp -d)}; JAVA=${JAVA_HOME:?}/bin/java; PORT=18480; SECONDS_EACH=${SECONDS_EACH:-15}
"$JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx160m -Dnettrace.data="$W/data" -Dnettrace.config="$W/none" -Dnettrace.network=lab \
  -Dnettrace.http.port=$PORT -Dnettrace.operations.port=$((PORT + 1)) -Dnettrace.db.port=$((PORT + 2)) -Dnettrace.portal.pages-per-minute=1000000 \
  -jar "$P/dist/nettrace-launcher.jar" "$P/nettrace.war" > "$W/log" 2>&1 &
L=$!; trap 'kill $L 2>/dev/null; wait 2>/dev/null' EXIT
for _ in $(seq 150); do grep -q "NetTrace is running" "$W/log" && break; sleep 1; done
grep -q "NetTrace is running" "$W/log" || { tail -20 "$W/log"; exit 1; }
KEY=$(cat "$W/data/demo-api-key"); ROOT=http://127.0.0.1:$PORT
for _ in $(seq 60); do curl -sf -o /dev/null -H "X-API-Key: $KEY" "$ROOT/api/v1/latency/www.nyse.com" && break; sleep 1; done
NETTRACE_DATA=$W/data NETTRACE_OPERATIONS_PORT=$((PORT + 1)) "$P/dist/nettrace" plan demo enterprise-pro > /dev/null
rate() { wrk -t1 -c8 -d"${SECONDS_EACH}s" "$1" | sed -n 's/Requests\/sec: *//p'; }
tenant() { wrk -t1 -c2 -d"${SECONDS_EACH}s" --latency -H "X-API-Key: $KEY" "$ROOT/api/v1/latency/www.nyse.com" | awk '/99%/ {print $2} /Non-2xx/ {print "(" $0 ")"}' | tr '\n' ' '; }
FILE=$ROOT/webjars/uplot/1.6.30/dist/uPlot.iife.js
rate "$ROOT/docs" > /dev/null; rate "$FILE" > /dev/null # warm
echo "bytes: /docs $(curl -s "$ROOT/docs" | wc -c), file $(curl -s "$FILE" | wc -c)"
D=$(rate "$ROOT/docs"); F=$(rate "$FILE"); echo "requests/s: /docs $D, file $F, ratio $(python3 -c "print(round($D/$F, 2))")"
echo "tenant's p99 alone: $(tenant)"
wrk -t1 -c50 -d"$((SECONDS_EACH + 5))s" "$ROOT/status" > "$W/flood" & FL=$!
sleep 2; echo "tenant's p99 beside a flood of pages: $(tenant)"
S=$(cat "$W/data/payara/pid"); "${JAVA_HOME}/bin/jcmd" "$S" GC.run > /dev/null
"${JAVA_HOME}/bin/jcmd" "$S" GC.heap_info | grep -E "used" | head -3
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
SL=$!; sleep 1; echo "tenant's p99 beside 500 slow bodies: $(tenant)"; wait $SL
grep -c "OutOfMemory" "$W/log" | sed 's/^/out of memory: /'
