#!/usr/bin/env bash
# Runs PostgreSQL from the operating system's packages in the foreground, on 127.0.0.1 only.
#
#   POSTGRES_PASSWORD=… [POSTGRES_OPTIONS='-c fsync=off'] postgres.sh <data-folder> <port>
#
# The first start initialises the folder (role postgres, scram, UTF-8). SIGTERM and SIGINT are a fast, clean stop.
# The server's log is <data-folder>/server.log.
set -euo pipefail
# shellcheck source=server.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/server.sh"

[[ $# -eq 2 && $2 =~ ^[0-9]+$ ]] || fail "usage: POSTGRES_PASSWORD=… $name <data-folder> <port>"
[[ -n ${POSTGRES_PASSWORD:-} ]] || fail "POSTGRES_PASSWORD is not set."

binaries() {
  local folder
  while read -r folder; do
    [[ -x $folder/postgres && -x $folder/initdb ]] && { echo "$folder"; return; }
  done < <(
    printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin | sort -rV
    dirname -- "$(command -v postgres || echo /nowhere/postgres)"
  )
  return 1
}
bin=$(binaries) || fail "PostgreSQL's server is not installed (Debian: postgresql, Fedora: postgresql-server, Homebrew: postgresql@17)."
version=$("$bin/postgres" --version | grep -oE '[0-9]+(\.[0-9]+)*' | head -n 1)
((${version%%.*} >= 15)) || fail "PostgreSQL 15 or newer is needed; $bin has $version."

folder=$(own_folder "$1")
port=$2
log=$folder/server.log
cluster=$folder/cluster
lock_data "$folder"
refuse_taken_port "$port"

# as: the prefix that runs a program as whoever owns the cluster. PostgreSQL refuses to run as root.
as=()
owner=$(id -un)
if ((EUID == 0)); then
  owner=postgres
  id -u "$owner" > /dev/null 2>&1 || owner=nobody
  as=(setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --init-groups)
  if ! "${as[@]}" test -x "$folder" 2> /dev/null; then
    if unshare --user --map-user="$(id -u "$owner")" --map-group="$(id -g "$owner")" test -x "$folder" 2> /dev/null; then
      # Below a folder closed to everybody but root (such as /root): root itself, called $owner in a user namespace of
      # its own. The files stay root's.
      as=(unshare --user "--map-user=$(id -u "$owner")" "--map-group=$(id -g "$owner")")
      owner=root
    else
      # Where namespaces are forbidden: the cluster lives elsewhere and a link in the folder stands for it, so a folder
      # removed and made again starts afresh.
      elsewhere=/var/lib/zweizeiler/$(printf '%s' "$folder" | cksum | tr ' ' -)
      [[ -L $cluster ]] || rm -rf -- "$elsewhere"
      mkdir -p -- "$elsewhere"
      chmod 755 /var/lib/zweizeiler "$elsewhere"
      ln -sfn -- "$elsewhere/cluster" "$cluster"
      say "user $owner cannot reach $folder, so the databases are kept in $elsewhere"
      folder=$elsewhere
      cluster=$elsewhere/cluster
    fi
  fi
fi

# Whoever owned the cluster last time may not be who runs it now.
take() { ((EUID != 0)) || [[ $(stat -c %U -- "$1") == "$owner" ]] || chown -R -- "$owner:" "$1"; }

if [[ ! -f $cluster/PG_VERSION ]]; then
  say "initialising PostgreSQL $version in $folder"
  # Made beside and renamed when complete: an initialisation cut short is simply done again.
  rm -rf -- "$folder/cluster.new"
  mkdir -m 700 -- "$folder/cluster.new"
  secret=$(mktemp "$folder/.secret.XXXXXX")
  trap 'rm -f -- "$secret"' EXIT
  printf '%s\n' "$POSTGRES_PASSWORD" > "$secret"
  take "$folder/cluster.new"
  take "$secret"
  locale=C
  ! locale -a 2> /dev/null | grep -qiE '^C\.utf-?8$' || locale=C.UTF-8
  (cd / && "${as[@]}" "$bin/initdb" --pgdata="$folder/cluster.new" --username=postgres --pwfile="$secret" --auth=scram-sha-256 \
    --encoding=UTF8 --locale="$locale" --no-sync --no-instructions) > "$log" 2>&1 < /dev/null ||
    { tail -n 20 -- "$log" >&2; fail "initdb failed."; }
  rm -f -- "$secret"
  mv -- "$folder/cluster.new" "$cluster"
fi
[[ $(cat "$cluster/PG_VERSION") == "${version%%.*}" ]] ||
  fail "$folder was made by PostgreSQL $(cat "$cluster/PG_VERSION"), and $version is installed: start afresh or install the old one."
take "$cluster"
# The lock says that nobody runs on this folder, so a pid file in it is a killed server's; its pid may be anybody's now.
rm -f -- "$cluster/postmaster.pid"

# The log keeps neither statements nor the values in errors' details. PostgreSQL's own 128 MB of buffers and 1 GB of log are for machines of long ago: four
# databases' indexes do not fit, and under load it would write all its pages anew every minute.
cd /
# shellcheck disable=SC2046,SC2086
"${as[@]}" $(die_with_parent INT) "$bin/postgres" -D "$cluster" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
  -c max_connections=300 -c shared_buffers=512MB -c max_wal_size=4GB -c log_error_verbosity=terse -c log_min_error_statement=panic -c log_statement=none \
  ${POSTGRES_OPTIONS:-} > "$log" 2>&1 < /dev/null &
server=$!
say "PostgreSQL $version on 127.0.0.1:$port, log $log"
supervise "$server" INT QUIT "$log"
