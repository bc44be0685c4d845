#!/usr/bin/env python3
"""Runs whole commands in turns and prints medians of their cost, and ratios to the first one.

Usage: compare.py [-n RUNS] NAME=COMMAND NAME=COMMAND ...

Each round runs every command once, so that what else the machine does hits all of them alike.
CPU is user and system time of the process and its children; RSS the most it had resident.
"""
import argparse
import os
import shlex
import statistics
import subprocess
import time


def run(command):
    begun = time.perf_counter()
    process = subprocess.Popen(
        shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=7, help="rounds (7)")
    options.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    chosen = options.parse_args()
    commands = [each.split("=", 1) for each in chosen.commands]
    results = {name: [] for name, _ in commands}
    for name, command in commands:  # the page cache is to be warm for all
        run(command)
    for _ in range(chosen.n):
        for name, command in commands:
            results[name].append(run(command))
    base = None
    print(f"{'':24} {'CPU s':>7} {'least':>7} {'wall s':>7} {'RSS MB':>7} {'exit':>4} {'CPU':>6} {'RSS':>6}")
    for name, _ in commands:
        columns = list(zip(*results[name]))
        cpu, wall, rss = (statistics.median(column) for column in columns[:3])
        base = base or (cpu, rss)
        print(
            f"{name:24} {cpu:7.2f} {min(columns[0]):7.2f} {wall:7.2f} {rss:7.0f} {columns[3][-1]:4}"
            f" {cpu / base[0]:5.2f}x {rss / base[1]:5.2f}x"
        )


if __name__ == "__main__":
    main()
