#!/bin/bash
# The life of two tenants, from zero: sign up, confirm from the mailbox folder, be raised to Enterprise Pro, measure a target of
# one's own in the lab, use up a day, be refused what another plan has, look for the other's data, and go without a trace.
# Builds nothing: run `mvn` or the goals of plain `mvn` first. Needs curl, python3 and psql.
set -u
P=${DIST:-target}; W=${WORK:-$(mktemp -d)}; JAVA=${JAVA_HOME:?}/bin/java; PORT=18183; DB=18533
B=http://localhost:$PORT/api/v1; PASSWORD='a long sentence nobody else would choose'
say() { printf '\n== %s\n' "$*"; }
field() { python3 -c 'import json,sys
try:
    v=json.load(sys.stdin)
    for k in sys.argv[1].split("."): v=v[int(k)] if k.isdigit() else v[k]
    print(v)
except (KeyError,IndexError,ValueError): print("-")' "$1"; }
post() { curl -s -X POST -H 'Content-Type: application/json' "${@:3}" "$B/$1" -d "$2"; }
key() { curl -s -H "X-API-Key: $1" "$B/$2"; }
problem() { python3 -c 'import json,sys; p=json.load(sys.stdin); print(p["status"], p["type"].split(":")[-1]+":", p["detail"])'; }
seconds() { python3 -c 'import time; print("%.3f" % time.time())'; }
since() { python3 -c "import time; print('%.1f s' % (time.time() - $1))"; }
operator() { NETTRACE_DATA=$W/data NETTRACE_OPERATIONS_PORT=$((PORT + 1)) $P/dist/nettrace "$@"; }

mkdir -p "$W/data"
$JAVA --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx600m -Dnettrace.data="$W/data" \
  -Dnettrace.config="$W/none" -Dnettrace.http.port=$PORT -Dnettrace.operations.port=$((PORT + 1)) -Dnettrace.db.port=$DB -Dnettrace.network=lab \
  -Dnettrace.public-url=http://localhost:$PORT \
  -jar $P/dist/nettrace-launcher.jar $P/nettrace.war > "$W/log" 2>&1 & A=$!
trap 'kill $A 2>/dev/null; wait 2>/dev/null' EXIT
for i in $(seq 150); do grep -q 'NetTrace is running' "$W/log" && break; sleep 1; done
grep -q 'NetTrace is running' "$W/log" || { echo "it did not start"; tail -5 "$W/log"; exit 1; }

sign_up() { # slug name email; sets KEY and SESSION
  local began; began=$(seconds)
  post signups "{\"email\":\"$3\",\"password\":\"$PASSWORD\",\"name\":\"$2\",\"organisation\":\"$2 Trading\",\"slug\":\"$1\"}"; echo
  local letter=; until letter=$(grep -ls "To: $3" "$W"/data/mailbox/*.eml 2>/dev/null | tail -1) && [ -n "$letter" ]; do sleep 0.05; done
  local token; token=$(python3 -c 'import email,re,sys; print(re.search(r"#(\S+)", email.message_from_file(open(sys.argv[1])).get_payload(decode=True).decode()).group(1))' "$letter")
  local answer; answer=$(post signups/confirm "{\"token\":\"$token\",\"password\":\"$PASSWORD\"}")
  KEY=$(field key.text <<< "$answer"); SESSION=$(field session <<< "$answer")
  echo "first call of the new key: $(curl -s -o /dev/null -w '%{http_code}' -H "X-API-Key: $KEY" $B/targets), $(since $began) after signing up"
  echo "the same link again: $(post signups/confirm "{\"token\":\"$token\",\"password\":\"$PASSWORD\"}" | problem)"
}

say 'Two tenants sign up'
sign_up acme Ann ann@acme.example; ACME=$KEY ANN=$SESSION
sign_up globex Bob bob@globex.example; GLOBEX=$KEY BOB=$SESSION
say 'Bad sign-ups'
for bad in acme acrne ../etc admin x; do
  echo "$bad: $(post signups "{\"email\":\"eve@example.com\",\"password\":\"$PASSWORD\",\"name\":\"Eve\",\"organisation\":\"Eve\",\"slug\":\"$bad\"}" | problem)"
done

say "What acme's plan does not have"
key $ACME routes/www.nyse.com | problem
key $ACME 'latency/www.nyse.com/history?start=2026-01-01T00:00:00Z' | problem
key $ACME custom-targets | problem

say 'acme is raised to Enterprise Pro'
operator plan acme enterprise-pro
began=$(seconds)
until [ "$(curl -s -o /dev/null -w '%{http_code}' -H "X-API-Key: $ACME" $B/custom-targets)" = 200 ]; do sleep 0.1; done
echo "seen by the API after $(since $began)"

say 'A target of its own'
for bad in 127.0.0.1 169.254.169.254 0x7f.1 2130706433 ::ffff:10.0.0.1 localhost; do
  echo "$bad: $(post custom-targets "{\"host\":\"$bad\",\"port\":443,\"name\":\"bad\"}" -H "X-API-Key: $ACME" | problem)"
done
began=$(seconds)
target=$(post custom-targets '{"host":"www.nyse.com","port":8443,"name":"canary-string-of-acme","tags":["prod"]}' -H "X-API-Key: $ACME")
ID=$(field id <<< "$target"); echo "$ID"
until [ "$(key $ACME latency/$ID | field burst.received)" != - ]; do sleep 0.2; done
echo "first result after $(since $began): p50 $(key $ACME latency/$ID | field burst.rtt_ms.p50) ms over $(key $ACME latency/$ID | field burst.received) answers"
echo "globex asks for it: $(key $GLOBEX latency/$ID | problem)"
operator plan globex enterprise-pro > /dev/null
until [ "$(curl -s -o /dev/null -w '%{http_code}' -H "X-API-Key: $GLOBEX" $B/custom-targets)" = 200 ]; do sleep 0.1; done
echo "and on the same plan: $(key $GLOBEX custom-targets/$ID | problem)"
operator plan globex free > /dev/null

say "globex uses up its day"
ok=0; for i in $(seq 600); do
  code=$(curl -s -o "$W/last" -D "$W/headers" -w '%{http_code}' -H "X-API-Key: $GLOBEX" $B/targets?category=cloud)
  case $code in 200) ok=$((ok+1));; 429) grep -q quota-exceeded "$W/last" && break; sleep 0.5;; esac
done
echo "answered $ok, then:"; problem < "$W/last"; grep -ai '^ratelimit\|^retry-after' "$W/headers"
key $GLOBEX usage | field today

say 'acme goes'
curl -s -X DELETE -H "Authorization: Session $ANN" $B/tenant; echo
echo "its key: $(key $ACME targets | problem)"
curl -s -H "Authorization: Session $ANN" $B/tenant/export -o "$W/acme.zip"; python3 -m zipfile -l "$W/acme.zip" | head -40
operator erase acme
sql() { PGPASSWORD=$(cat "$W/data/secrets/postgres-application") psql -qAt -h localhost -p $DB -U nettrace nettrace -c "$1"; }
echo "schemas and roles of tenants: $(sql "select count(*) from pg_namespace where nspname like 't\_%'") $(sql "select count(*) from platform.tenant_schemas")"
left=0; for t in $(sql "select schemaname || '.' || tablename from pg_tables where schemaname not in ('pg_catalog','information_schema') and schemaname !~ '^t_'"); do
  n=$(sql "select count(*) from $t x where x::text ilike '%acme%' or x::text ilike '%canary-string%'"); [ "$n" = 0 ] || { echo "left in $t: $n"; left=1; }
done
[ $left = 0 ] && echo 'no table holds a trace of it'
echo "its slug: $(post signups "{\"email\":\"eve@example.com\",\"password\":\"$PASSWORD\",\"name\":\"Eve\",\"organisation\":\"Eve\",\"slug\":\"acme\"}" | problem)"
say 'The canaries'
curl -s localhost:$((PORT + 1))/health | python3 -c 'import json,sys
for c in json.load(sys.stdin)["checks"]:
    if c["name"]=="walls between tenants":
        print(c["status"]); [print(" ", k+":", v) for k,v in sorted(c["data"].items())]'
