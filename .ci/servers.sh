#!/usr/bin/env bash
# The database part of the suite on other versions of PostgreSQL, and behind a pooler. The distribution's own version is
# that of the whole suite. `.ci/run` takes what the statements and the start depend on; with --whole, nothing is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
export CI=true

source .ci/system-packages.sh
source .ci/postgres.sh

npm ci --prefix test/e2e/postgres-versions --ignore-scripts

case "${1:-}" in
  --whole) on_versions=("") behind_pooler=("") ;;
  "") on_versions=(migrations stores tasks reading/page-keys connection/schemas)
    behind_pooler=(connection/pooler stores tasks/task) ;;
  *) echo "usage: .ci/servers.sh [--whole]" >&2; exit 2 ;;
esac

# Takes folders and files of test/persistence.
test_server() {
  npx vitest run --project unit --testNamePattern "on a server" "${@/#/test/persistence/}"
}

# The programs come from packages that leave out links; a user other than root cannot read the folder of a checkout.
test_postgres_versions() {
  local major programs
  for major in 13 18; do
    programs=$(mktemp -d /tmp/recordgate-programs.XXXXXX)
    cp -r "test/e2e/postgres-versions/node_modules/postgres$major/." "$programs"
    chmod 755 "$programs"
    (cd "$programs" && node scripts/hydrate-symlinks.js)
    start_postgres "$programs/native/bin"
    test_server "${on_versions[@]}"
    stop_postgres
    rm -rf "$programs"
  done
}

# In front of the server that runs.
test_behind_pooler() {
  local port place
  place="host=127.0.0.1 port=$(echo "$TEST_DATABASE_URL" | sed -E 's/.*:([0-9]+).*/\1/')"
  command -v pgbouncer >/dev/null || install_packages pgbouncer
  pooler_folder=$(mktemp -d /tmp/recordgate-pooler.XXXXXX)
  port=$(free_port)
  cat >"$pooler_folder/settings.ini" <<SETTINGS
[databases]
by_session = $place dbname=postgres pool_mode=session
* = $place
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
pidfile = $pooler_folder/pid
auth_type = trust
auth_file = $pooler_folder/users
pool_mode = transaction
max_client_conn = 500
SETTINGS
  echo '"recordgate" ""' >"$pooler_folder/users"
  if [ "$(id -u)" -eq 0 ]; then chown -R "$postgres_user" "$pooler_folder"; fi
  as_postgres_user "$(command -v pgbouncer)" --quiet "$pooler_folder/settings.ini" &
  disown
  TEST_POOLER_URL="postgres://recordgate@127.0.0.1:$port/" test_server "${behind_pooler[@]}"
  stop_pooler
}

stop_pooler() {
  if [ -z "${pooler_folder:-}" ]; then return; fi
  kill -KILL "$(cat "$pooler_folder/pid")" 2>/dev/null || true
  rm -rf "$pooler_folder"
  pooler_folder=
}

trap 'stop_pooler; stop_postgres' EXIT
test_postgres_versions
start_postgres
test_behind_pooler
