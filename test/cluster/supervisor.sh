#!/bin/sh
# Runs a command that must not outlive whoever started this script. The starter holds the other end of
# our standard input: however it ends, SIGKILL included, the kernel closes that end and the command is stopped.
#   supervisor.sh DIRECTORY COMMAND [ARGUMENT...]
# DIRECTORY is removed when the command has ended; '' for none.
directory=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
command=$!
(
  while read -r _ <&3; do :; done
  kill -KILL "$command"
) 2>/dev/null &
watcher=$!
# When the starter is gone our own output is a broken pipe, and a word about the killed command would end us.
exec 3<&- >/dev/null 2>&1
wait "$command"
status=$?
kill "$watcher" 2>/dev/null
# What the command itself started, a compiler say, shares our process group.
trap : TERM
kill -TERM 0
[ -z "$directory" ] || rm -rf "$directory"
exit "$status"
