#!/usr/bin/env bash
# Runs RabbitMQ from the operating system's packages in the foreground, on 127.0.0.1 only.
#
#   RABBITMQ_DEFAULT_USER=… RABBITMQ_DEFAULT_PASS=… [RABBITMQ_MANAGEMENT_PORT=…] rabbitmq.sh <data-folder> <port>
#
# The broker has its own Erlang port mapper, node name, cookie and configuration, so any number run side by side, and
# beside one of the system. User and password count at the first start. SIGTERM and SIGINT are a clean stop.
# Logs are in <data-folder>/log. RABBITMQ_MANAGEMENT_PORT turns the management API on.
set -euo pipefail
# shellcheck source=server.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/server.sh"

[[ $# -eq 2 && $2 =~ ^[0-9]+$ ]] || fail "usage: RABBITMQ_DEFAULT_USER=… RABBITMQ_DEFAULT_PASS=… $name <data-folder> <port>"
[[ -n ${RABBITMQ_DEFAULT_USER:-} && -n ${RABBITMQ_DEFAULT_PASS:-} ]] || fail "RABBITMQ_DEFAULT_USER and RABBITMQ_DEFAULT_PASS are not set."

# Debian's /usr/sbin/rabbitmq-server changes the user and the folder; the one it wraps does not.
program=$(printf '%s\n' /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server | sort -V | tail -n 1)
[[ -x $program ]] || program=$(command -v rabbitmq-server) ||
  fail "RabbitMQ's server is not installed (Debian and Fedora: rabbitmq-server, Homebrew: rabbitmq)."
epmd=$(command -v epmd) || epmd=$(erl -noshell -eval 'io:format("~s/erts-~s/bin/epmd", [code:root_dir(), erlang:system_info(version)]), halt().')

folder=$(own_folder "$1")
port=$2
lock_data "$folder"
refuse_taken_port "$port"
[[ -z ${RABBITMQ_MANAGEMENT_PORT:-} ]] || refuse_taken_port "$RABBITMQ_MANAGEMENT_PORT"

mkdir -p -- "$folder/etc" "$folder/log"
log=$folder/log/console.log
: > "$folder/etc/env"
# Erlang's own format: the newer one costs a second of every start to translate.
{
  echo "[{rabbit, [{tcp_listeners, [{\"127.0.0.1\", $port}]}, {vm_memory_high_watermark, 0.3}]}"
  [[ -z ${RABBITMQ_MANAGEMENT_PORT:-} ]] ||
    echo ",{rabbitmq_management, [{tcp_config, [{ip, \"127.0.0.1\"}, {port, $RABBITMQ_MANAGEMENT_PORT}]}]}"
  echo "]."
} > "$folder/etc/rabbitmq.config"
echo "[${RABBITMQ_MANAGEMENT_PORT:+rabbitmq_management}]." > "$folder/etc/enabled_plugins"

unset "${!ERL_@}" "${!XDG_@}"
export HOME=$folder ERL_CRASH_DUMP_SECONDS=0
export ERL_EPMD_ADDRESS=127.0.0.1
ERL_EPMD_PORT=$(free_port)
RABBITMQ_DIST_PORT=$(free_port)
export ERL_EPMD_PORT RABBITMQ_DIST_PORT
export RABBITMQ_NODENAME=rabbit@localhost RABBITMQ_USE_LONGNAME=false
export RABBITMQ_CONF_ENV_FILE=$folder/etc/env RABBITMQ_CONFIG_FILE=$folder/etc/rabbitmq.config
export RABBITMQ_ADVANCED_CONFIG_FILE=$folder/etc/advanced.config RABBITMQ_ENABLED_PLUGINS_FILE=$folder/etc/enabled_plugins
export RABBITMQ_MNESIA_BASE=$folder/mnesia RABBITMQ_LOG_BASE=$folder/log RABBITMQ_PID_FILE=$folder/broker.pid
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+B i -kernel inet_dist_use_interface {127,0,0,1}"
# Makes the start script exec the broker instead of waiting for it, so that signals and the parent's death reach it.
export RUNNING_UNDER_SYSTEMD=true

cd "$folder"
# shellcheck disable=SC2046
$(die_with_parent KILL) "$epmd" -port "$ERL_EPMD_PORT" -address 127.0.0.1 > /dev/null 2>&1 < /dev/null 9>&- &
mapper=$!
trap 'kill "$mapper" 2> /dev/null || true' EXIT
# shellcheck disable=SC2046
$(die_with_parent TERM) "$program" > "$log" 2>&1 < /dev/null &
server=$!
say "RabbitMQ ${program//[!0-9.]/} on 127.0.0.1:$port, log $folder/log"
code=0
supervise "$server" TERM KILL "$log" || code=$?
# Helpers of the broker (name resolver, disk watcher) end when its pipes close; the lock they may hold tells when.
kill "$mapper" 2> /dev/null || true
wait "$mapper" 2> /dev/null || true
exit "$code"
