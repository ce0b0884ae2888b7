#!/bin/bash
# Two products on one database: starts both, lets them share the lab's targets, kills one with its scanner, and
# counts how long the other took and whether any target was measured twice in a cycle.
set -u
P=${DIST:-target}; W=${WORK:-$(mktemp -d)}; JAVA=${JAVA_HOME:?}/bin/java; CYCLE=10
mkdir -p $W/a $W/b
start() { # name http-port extra...
  local n=$1 h=$2; shift 2
  $JAVA --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx160m -Dnettrace.server.heap-mebibytes=400 -Dnettrace.server.jvm-options=-XX:TieredStopAtLevel=1 -Dnettrace.data=$W/$n \
    -Dnettrace.config=$W/none -Dnettrace.http.port=$h -Dnettrace.operations.port=$((h + 100)) -Dnettrace.network=lab -Dnettrace.vantage-point=lab-two \
    -Dnettrace.scan.lab.burst-every=${CYCLE}s -Dnettrace.apikey.pepper=two-nodes-share-a-pepper-of-32-chars \
    -Dnettrace.tenant.cell-secret=two-nodes-share-a-cell-secret-of-32-chars "$@" -jar $P/dist/nettrace-launcher.jar $P/nettrace.war > $W/$n.log 2>&1 &
}
ready() { for i in $(seq 1 150); do grep -q "NetTrace is running" $W/$1.log && return; sleep 1; done; echo "$1 did not start"; tail -5 $W/$1.log; exit 1; }
start a 18181 -Dnettrace.db.port=18532; A=$!; ready a
PW=$(cat $W/a/secrets/postgres-application)
start b 18182 "-Dnettrace.db.url=jdbc:postgresql://localhost:18532/nettrace" -Dnettrace.db.user=nettrace -Dnettrace.db.password=$PW; B=$!; ready b
trap 'kill $A $B 2>/dev/null; wait 2>/dev/null' EXIT
q() { PGPASSWORD=$PW psql -qAt -h localhost -p 18532 -U nettrace nettrace -c "$1"; }
doubles() { q "select count(*) from (select target_id, method, floor(extract(epoch from observed_at)/$CYCLE) c from catalog.burst_metrics group by 1,2,3 having count(*)>1) d"; }
sleep 60
echo "slices: $(q "select count(*), instance from platform.slices where instance is not null group by instance" | tr '\n' ' ')"
echo "cycles measured twice before: $(doubles) of $(q "select count(*) from catalog.burst_metrics") bursts"
newest() { # of every target at one node: host and time, by the API
  for h in $(q "select distinct target_host from catalog.burst_metrics order by 1"); do
    echo "$h $(curl -s -H "X-API-Key: $KEY" "http://127.0.0.1:$1/api/v1/latency/$h" | sed -n 's/.*"burst":{"observed_at":"\([^"]*\)".*/\1/p')"
  done
}
behind() { # targets that $2 shows older than $1 showed two seconds before
  newest $1 > $W/s1; sleep 2; newest $2 > $W/s2; join $W/s1 $W/s2 | awk 'NF < 3 || $3 < $2' | wc -l
}
KEY=$(cat $W/a/demo-api-key)
echo "targets that a node shows older than the other did 2 s before: $(behind 18181 18182) and $(behind 18182 18181) of $(wc -l < $W/s1)"
INST=$(cat $W/b/spool/instance)
kill -9 $B $(cat $W/b/spool/pid); K=$(date +%s.%N); echo "killed b and its scanner"
while [ "$(q "select count(*) from platform.slices where instance='$INST'")" != 0 ]; do sleep 0.2; done
echo "a holds everything after $(python3 -c "import time;print('%.1f'%(time.time()-$K))") s"
sleep 45
echo "cycles measured twice after: $(doubles) of $(q "select count(*) from catalog.burst_metrics") bursts"
echo "longest pause of a target around the kill: $(q "select max(gap) from (select observed_at - lag(observed_at) over (partition by target_id order by observed_at) gap from catalog.burst_metrics where observed_at > to_timestamp($K) - interval '30 s') g")"
echo "targets measured in the last two cycles: $(q "select count(distinct target_id) from catalog.burst_metrics where observed_at > now() - interval '$((2*CYCLE)) s'")"
