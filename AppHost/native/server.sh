# shellcheck shell=bash
# Sourced by postgres.sh and rabbitmq.sh: what running one server in the foreground means for both.
#
# The server is a child of the script and ends with it, however the script ends: a signal is passed on as the server's
# own way to stop, kill -9 of the script reaches the server as its parent-death signal, and the death of the script's
# own parent is noticed within a second. (A parent-death signal to the script itself would not do: the kernel sends it
# when the *thread* that started the script ends, and .NET's pool threads come and go.)

name=${0##*/}

say() { printf '%s\n' "$*"; }
fail() { printf '%s: %s\n' "$name" "$*" >&2; exit 1; }

# The folder as an absolute path, made if missing.
own_folder() { mkdir -p -- "$1" && (cd -- "$1" && pwd -P); }

# Two servers on one data folder would destroy it. The lock is on an open file that the server inherits, so it is held
# for exactly as long as the server (or one of its children) lives, and a server that is still stopping is waited for.
lock_data() {
  command -v flock > /dev/null || return 0
  exec 9> "$1/lock"
  flock -n 9 && return 0
  say "waiting for the server that still runs on $1"
  flock -w 30 9 || fail "another server runs on $1."
}

# A port on 127.0.0.1 that nobody listens on, below the range the kernel hands out by itself.
free_port() {
  local port
  for _ in {1..200}; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || { echo "$port"; return 0; }
  done
  fail "no free port found."
}

refuse_taken_port() {
  ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null || fail "port $1 on 127.0.0.1 is taken."
}

# die_with_parent SIGNAL: a command prefix that makes the child get SIGNAL when this script is gone.
die_with_parent() {
  if setpriv --help 2> /dev/null | grep -q pdeathsig; then echo "setpriv --pdeathsig $1"; fi
}

# supervise PID STOP-SIGNAL HARDER-SIGNAL LOG: returns when the server has ended; 0 if it was asked to.
supervise() {
  local server=$1 soft=$2 hard=$3 log=$4 watcher='' code=0 asked='' since
  trap 'asked=1' TERM INT HUP
  if tail --help 2> /dev/null | grep -q -- --pid; then
    # shellcheck disable=SC2046
    $(die_with_parent KILL) tail --pid="$PPID" -s 0.5 -f /dev/null 9>&- &
    watcher=$!
  fi
  while [[ -z $asked ]] && kill -0 "$server" 2> /dev/null; do
    wait -n "$server" ${watcher:+"$watcher"} 2> /dev/null && code=0 || code=$?
    [[ -z $watcher ]] || kill -0 "$watcher" 2> /dev/null || asked=1
  done
  if [[ -n $asked ]]; then
    kill -s "$soft" "$server" 2> /dev/null || true
    since=$SECONDS
    while kill -0 "$server" 2> /dev/null; do
      # Polled, because a wait could not be given up after a time.
      sleep 0.05
      ((SECONDS - since < 20)) || { kill -s "$hard" "$server" 2> /dev/null; since=$SECONDS; }
    done
    code=0
  else
    wait "$server" 2> /dev/null && code=0 || code=$?
    printf '%s: the server ended by itself (exit code %s). The end of %s:\n' "$name" "$code" "$log" >&2
    tail -n 20 -- "$log" >&2
    ((code != 0)) || code=1
  fi
  [[ -z $watcher ]] || { kill "$watcher" 2> /dev/null; wait "$watcher" 2> /dev/null; } || true
  return "$code"
}
