#!/bin/bash
# Two products on one database behind nothing but a coin: one browser's requests go to them in turn, from signing up to signing out.
# Every step must work whichever node answers. Wants JAVA_HOME (25 or newer), curl, and a build in target/.
set -eu
P=${DIST:-target}; A_PORT=${A_PORT:-18191}; B_PORT=${B_PORT:-18192}; DB_PORT=${DB_PORT:-18592}; W=${WORK:-$(mktemp -d)}; JAVA=${JAVA_HOME:?}/bin/java
PASSWORD="a long sentence nobody else would choose"
mkdir -p "$W/a" "$W/b"
start() { # name http-port extra...
  local n=$1 h=$2; shift 2
  "$JAVA" --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx160m -Dnettrace.server.heap-mebibytes=500 -Dnettrace.data="$W/$n" \
    -Dnettrace.config="$W/none" -Dnettrace.http.port="$h" -Dnettrace.operations.port=$((h + 100)) -Dnettrace.network=lab -Dnettrace.vantage-point=lab-two \
    -Dnettrace.apikey.pepper=two-nodes-share-a-pepper-of-32-chars -Dnettrace.tenant.cell-secret=two-nodes-share-a-cell-secret-of-32-chars \
    "$@" -jar "$P/dist/nettrace-launcher.jar" "$P/nettrace.war" > "$W/$n.log" 2>&1 &
}
ready() { for _ in $(seq 1 240); do grep -q "NetTrace is running" "$W/$1.log" && return; sleep 1; done; echo "$1 did not start"; tail -5 "$W/$1.log"; exit 1; }
start a "$A_PORT" "-Dnettrace.db.port=$DB_PORT"; A=$!; ready a
start b "$B_PORT" "-Dnettrace.db.url=jdbc:postgresql://localhost:$DB_PORT/nettrace" -Dnettrace.db.user=nettrace \
  "-Dnettrace.db.password=$(cat "$W/a/secrets/postgres-application")"; B=$!; ready b
trap 'kill $A $B 2>/dev/null; wait 2>/dev/null' EXIT

TURN=0; BAD=0; N=0
ask() { # expected-status path [curl arguments...]: the next node's turn
  local want=$1 path=$2 port status; shift 2
  TURN=$((1 - TURN)); if [ $TURN = 1 ]; then port=$B_PORT; else port=$A_PORT; fi; N=$((N + 1))
  status=$(curl -s -o "$W/page" -w '%{http_code}' -b "$W/jar" -c "$W/jar" -H "Origin: http://127.0.0.1:$port" "$@" "http://127.0.0.1:$port$path")
  if [ "$status" = "$want" ]; then echo "ok   $port $status $path"; else echo "BAD  $port $status $path (wanted $want)"; BAD=$((BAD + 1)); fi
}
form() { local want=$1 path=$2; shift 2; local a=(); for f in "$@"; do a+=(--data-urlencode "$f"); done; ask "$want" "$path" "${a[@]}"; }

form 200 /sign-up do=sign-up email=pat@two.example "password=$PASSWORD" name=Pat organisation=Two slug=two-portals
for _ in $(seq 100); do grep -qs "pat@two.example" "$W"/*/mailbox/*.eml && break; sleep 0.2; done
TOKEN=$(cat "$W"/*/mailbox/*.eml | sed -n 's/.*sign-up#\([A-Za-z0-9_-]\{40,\}\).*/\1/p' | tail -1)
form 200 /sign-up do=confirm "token=$TOKEN" "password=$PASSWORD"
for _ in 1 2 3; do for page in /overview /target/www.nyse.com /rankings /account/keys /account/usage /account/security; do ask 200 $page; done; done
form 302 /account/settings do=name "name=Two of Two"
ask 200 /account/settings; grep -q "Two of Two" "$W/page" || { echo "BAD  the other node does not know the new name"; BAD=$((BAD + 1)); }
ask 200 /account/keys; ONCE=$(sed -n 's/.*name="once" value="\([^"]*\)".*/\1/p' "$W/page" | head -1)
form 200 /account/keys do=make "once=$ONCE" name=twice scopes=READ_MEASUREMENTS days=30
KEY=$(sed -n 's/.*\(ntk_live_[A-Za-z0-9]\{36\}\).*/\1/p' "$W/page" | head -1)
form 200 /account/keys do=make "once=$ONCE" name=twice scopes=READ_MEASUREMENTS days=30
grep -q "sent before" "$W/page" || { echo "BAD  one form made two keys"; BAD=$((BAD + 1)); }
ask 200 /api/v1/latency/www.nyse.com -H "X-API-Key: $KEY"; ask 200 /api/v1/latency/www.nyse.com -H "X-API-Key: $KEY"
form 302 /sign-out x=y
ask 302 /overview; ask 302 /overview
echo "$N requests in turn to two nodes, $BAD of them bad"
[ $BAD = 0 ]
