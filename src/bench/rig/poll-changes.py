#!/usr/bin/env python3
"""Polls /changes as a feed while events are fired, and holds what was seen against the record.

    src/bench/rig/poll-changes.py http://127.0.0.1:8080 KEY [SECONDS]

Fire events meanwhile, such as `nettrace fire flip` in the lab. Two pollers run: one goes on from the cursor,
one from the last known_at. At the end the whole feed is read once more from the beginning: nothing of it may
be missing from either poller, and neither may have seen an event twice.
"""
import json
import sys
import time
import urllib.parse
import urllib.request

root, key = sys.argv[1], sys.argv[2]
seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 600


def page(**query):
    address = f"{root}/api/v1/changes?{urllib.parse.urlencode(query)}"
    request = urllib.request.Request(address, headers={"X-API-Key": key})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def rest(answer, seen):
    seen += [item["id"] for item in answer["items"]]
    while answer["more"]:
        answer = page(cursor=answer["next_cursor"])
        seen += [item["id"] for item in answer["items"]]
    return answer


began = page(order="known_at", limit=1)
began = rest(began, [])
start = began["known_until"]
cursor, known = began["next_cursor"], start
by_cursor, by_time, lags = [], [], []
until = time.monotonic() + seconds
while time.monotonic() < until:
    answer = rest(page(cursor=cursor), by_cursor)
    cursor = answer["next_cursor"]
    answer = page(known_after=known, limit=500)
    by_time += [item["id"] for item in answer["items"]]
    known = answer["items"][-1]["known_at"] if answer["items"] else known
    time.sleep(1)
everything = []
rest(page(known_after=start, limit=500), everything)
rest(page(cursor=cursor), by_cursor)
answer = page(known_after=known, limit=500)
by_time += [item["id"] for item in answer["items"]]
bad = False
for name, seen in (("cursor", by_cursor), ("known_at", by_time)):
    missed, twice = set(everything) - set(seen), len(seen) - len(set(seen))
    bad |= bool(missed) or twice > 0
    print(f"by {name}: {len(everything)} events, {len(missed)} missed, {twice} twice")
sys.exit(bad)
