#!/bin/bash
# Ten thousand targets every 60 s in the lab, and what each part of the product costs.
set -u
P=${DIST:-target}; W=${WORK:-$(mktemp -d)}; JAVA=${JAVA_HOME:?}/bin/java; N=${TARGETS:-10000}; WARM=${WARM:-100}; MEASURE=${MEASURE:-120}
python3 - $N $W ${SCENARIO:-src/main/resources/io/nettrace/lab/scenario/newark.json} <<'P' || exit 1
import json,sys
n,w,lab=int(sys.argv[1]),sys.argv[2],json.load(open(sys.argv[3]))
hosts=[f"h{i:05d}.bench.example.com" for i in range(n)]
json.dump({"targets":[{"id":f"t{i:05d}","name":f"Target {i}","host":h,"category":"exchange","operator":"Bench","port":443,"methods":["icmp","tcp"]} for i,h in enumerate(hosts)]},open(w+"/targets.json","w"))
base=lab["destinations"]
lab["destinations"]=[{k:v for k,v in base[i%len(base)].items() if k not in ("alternatives","resolvesTo")}|{"host":h,"addresses":[f"198.18.{128+i//200}.{1+i%200}"]} for i,h in enumerate(hosts)]
lab.pop("programme",None)
json.dump(lab,open(w+"/scenario.json","w"))
P
od -An -N32 -tx1 /dev/urandom | tr -d " \n" > $W/token
$JAVA --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xmx160m -Dnettrace.server.heap-mebibytes=1024 -Dnettrace.data=$W/data -Dnettrace.config=$W/none -Dnettrace.http.port=18281 -Dnettrace.operations.port=18282 -Dnettrace.db.port=18632 \
  -Dnettrace.scanner.token=$(cat $W/token) -Dnettrace.scanner.local=false -Dnettrace.network=lab -Dnettrace.targets.file=$W/targets.json \
  -Dnettrace.scan.lab.burst-every=60s -Dnettrace.scan.lab.trace-every=15m -Dnettrace.scan.packets-per-second=10000 \
  -jar $P/dist/nettrace-launcher.jar $P/nettrace.war > $W/log 2>&1 &
L=$!; trap 'kill $L 2>/dev/null; wait' EXIT
for i in $(seq 1 150); do grep -q "NetTrace is running" $W/log && break; sleep 1; done; grep -q "NetTrace is running" $W/log || { tail -20 $W/log; exit 1; }
# by hand, because the launcher's scanner has a heap for a hundred targets, not for a lab of ten thousand
$JAVA -XX:+UseSerialGC -Xmx400m -jar $P/dist/nettrace-scanner.jar run --control-plane http://127.0.0.1:18282 --token-file $W/token \
  --spool $W/spool --network lab --scenario $W/scenario.json --packets-per-second 10000 > $W/scanner.log 2>&1 &
S=$!; trap 'kill $S $L 2>/dev/null; wait' EXIT; G=$(head -1 $W/data/postgres/postmaster.pid); PW=$(cat $W/data/secrets/postgres-application)
q() { PGPASSWORD=$PW psql -qAt -h localhost -p 18632 -U nettrace nettrace -c "$1"; }
HZ=$(getconf CLK_TCK)
cpu() { awk '{sub(/.*\) /,""); print ($12+$13+$14+$15)}' /proc/$1/stat 2>/dev/null || echo 0; }
tree() { local t=$(cpu $1) c; for c in $(cat /proc/$1/task/$1/children); do t=$((t+$(awk '{sub(/.*\) /,""); print $12+$13}' /proc/$c/stat 2>/dev/null || echo 0))); done; echo $t; }
threads() { for t in /proc/$S/task/*; do echo "$(awk '{sub(/.*\) /,""); print $12+$13}' $t/stat) $(tr ' ' _ < $t/comm)"; done | sort -k2; }
sleep $WARM
B0=$(q "select count(*) from catalog.bursts"); T0=$(date +%s.%N); L0=$(cpu $L); S0=$(cpu $S); G0=$(tree $G); threads > $W/t0
sleep $MEASURE
B1=$(q "select count(*) from catalog.bursts"); T1=$(date +%s.%N); L1=$(cpu $L); S1=$(cpu $S); G1=$(tree $G); threads > $W/t1
python3 - <<P
w=$T1-$T0; f=lambda a,b:(b-a)/$HZ/w
s,l,g=f($S0,$S1),f($L0,$L1),f($G0,$G1)
t0={};t1={}
for n,d in (('$W/t0',t0),('$W/t1',t1)):
    for line in open(n):
        c,name=line.split(); d[name]=d.get(name,0)+int(c)
print('bursts/s %.1f (wanted %.1f)'%(($B1-$B0)/w,$N/60))
print('cores: scanner %.3f server %.3f postgres %.3f total %.3f'%(s,l,g,s+l+g))
for n in sorted(t1,key=lambda n:t0.get(n,0)-t1[n])[:8]: print('  scanner thread %-18s %.3f'%(n,(t1[n]-t0.get(n,0))/$HZ/w))
P
echo "spool: $(q "select waiting, waiting_bytes, dropped_bursts from platform.scanners")  measured twice in a cycle: $(q "select count(*) from (select 1 from catalog.burst_metrics group by target_id, method, floor(extract(epoch from observed_at)/60) having count(*)>1) d")"
tail -3 $W/log
