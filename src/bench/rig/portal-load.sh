#!/bin/bash
# What the portal weighs and costs, against a product that runs: bytes and time of the overview with a hundred targets, cold and packed; the CPU of the
# server while many overviews stay open. Wants the address of the product, its process, and a browser's session (a cookie's value).
#   src/bench/rig/portal-load.sh http://127.0.0.1:8080 <pid of the launcher> <session> [overviews, 200 unless said]
set -eu
ROOT=$1; PID=$2; COOKIE="nettrace-session=$3"; OPEN=${4:-200}; SECONDS_OPEN=${SECONDS_OPEN:-60}; W=$(mktemp -d)
get() { curl -s --compressed -H "Cookie: $COOKIE" -o "$W/body" -w '%{size_download} %{time_starttransfer} %{time_total}\n' "$ROOT$1"; }
for _ in $(seq 60); do get /overview > /dev/null; done # warm
read -r PAGE FIRST ALL < <(get /overview)
cp "$W/body" "$W/overview"; TOTAL=$PAGE
for file in $(grep -oE '(href|src)="/(assets|webjars|jakarta.faces.resource)[^"]*"' "$W/overview" | sed 's/.*="//; s/"$//; s/&amp;/\&/g' | sort -u) /assets/chart.js; do
  read -r SIZE _ _ < <(get "$file"); [ -s "$W/body" ] && TOTAL=$((TOTAL + SIZE))
done
echo "overview: $PAGE bytes packed, first byte after $FIRST s, whole after $ALL s; with its styles and scripts $TOTAL bytes"
for i in $(seq 200); do get /overview; done | awk '{ print $3 }' | sort -n | awk '{ t[NR] = $1 } END { printf "overview, 200 one after another: p50 %.1f ms, p99 %.1f ms\n", t[int(NR * 0.5)] * 1000, t[int(NR * 0.99)] * 1000 }'
read -r PAGE FIRST ALL < <(get "/target/www.nyse.com?range=1h")
echo "target, one hour: $PAGE bytes packed, whole after $ALL s"
ticks() { awk '{ print $14 + $15 }' "/proc/$PID/stat"; }
BEFORE=$(ticks); sleep "$SECONDS_OPEN"; QUIET=$(($(ticks) - BEFORE))
for _ in $(seq "$OPEN"); do curl -sN --max-time $((SECONDS_OPEN + 30)) -H "Cookie: $COOKIE" "$ROOT/live" -o /dev/null & done
sleep 10; BEFORE=$(ticks); sleep "$SECONDS_OPEN"; BUSY=$(($(ticks) - BEFORE)); HZ=$(getconf CLK_TCK)
awk -v q=$QUIET -v b=$BUSY -v s="$SECONDS_OPEN" -v hz="$HZ" -v n="$OPEN" 'BEGIN { printf "server: %.3f cores with nobody, %.3f cores with %d open overviews\n", q / hz / s, b / hz / s, n }'
kill $(jobs -p) 2>/dev/null; wait 2>/dev/null
