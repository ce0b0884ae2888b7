#!/usr/bin/env python3
"""Polls a feed while events are fired, and holds what was seen against the record.

    src/bench/rig/poll-changes.py http://127.0.0.1:8080 KEY [SECONDS] [--feed FEED] [--host HOST]

FEED is changes (all targets), or of HOST: history, traces or routes. Fire events meanwhile, such as `nettrace fire
flip` in the lab; stop the scanner for a while, so that measurements arrive late. Two pollers run: one goes on from the
cursor, one from the last known_at (of the events) or known_until (of measurements, which share moments). At the end the
whole feed is read once more from the beginning: nothing of it may be missing from either poller, and neither may
have seen anything twice.
"""
import argparse
import datetime
import json
import sys
import time
import urllib.parse
import urllib.request

arguments = argparse.ArgumentParser()
arguments.add_argument("root")
arguments.add_argument("key")
arguments.add_argument("seconds", type=int, nargs="?", default=600)
arguments.add_argument("--feed", choices=["changes", "history", "traces", "routes"], default="changes")
arguments.add_argument("--host", default="www.nyse.com")
asked = arguments.parse_args()
path = {"changes": "changes", "history": f"latency/{asked.host}/history", "traces": f"routes/{asked.host}/traces",
        "routes": f"routes/{asked.host}/changes"}[asked.feed]


def page(**query):
    address = f"{asked.root}/api/v1/{path}?{urllib.parse.urlencode(query)}"
    request = urllib.request.Request(address, headers={"X-API-Key": asked.key})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def name(item):
    return item["id"], item.get("revision", 0)


def rest(answer, seen):
    seen += answer["items"]
    while answer["more"]:
        answer = page(cursor=answer["next_cursor"])
        seen += answer["items"]
    return answer


def lag(item):
    began, known = (datetime.datetime.fromisoformat(item[member]) for member in
                    ("at" if asked.feed == "changes" else "observed_at", "known_at"))
    return (known - began).total_seconds()


began = rest(page(order="known_at", limit=1), [])
start = began["known_until"]
cursor, known = began["next_cursor"], start
by_cursor, by_time = [], []


def poll_by_time():
    global known
    seen = []
    answer = rest(page(known_after=known, limit=500), seen)
    by_time.extend(seen)
    if asked.feed != "changes":
        known = answer["known_until"]
    elif seen:
        known = seen[-1]["known_at"]


until = time.monotonic() + asked.seconds
while time.monotonic() < until:
    cursor = rest(page(cursor=cursor), by_cursor)["next_cursor"]
    poll_by_time()
    time.sleep(1)
everything = []
end = rest(page(known_after=start, limit=500), everything)["known_until"]
everything = [item for item in everything if item["known_at"] <= end]
rest(page(cursor=cursor), by_cursor)
poll_by_time()
bad = False
wanted = {name(item) for item in everything}
for way, items in (("cursor", by_cursor), ("time", by_time)):
    seen = [name(item) for item in items]
    missed, twice = wanted - set(seen), len(seen) - len(set(seen))
    bad |= bool(missed) or twice > 0
    print(f"by {way}: {len(wanted)} of {asked.feed}, {len(missed)} missed, {twice} twice")
if everything:
    print(f"known {min(map(lag, everything)):.1f} to {max(map(lag, everything)):.1f} s after they began")
sys.exit(bad)
