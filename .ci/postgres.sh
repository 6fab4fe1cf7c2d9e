# A PostgreSQL server for one run: a fresh cluster in a temporary folder, on loopback, on a free port.

postgres_programs() {
  local initdb
  initdb=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 || true)
  if [ -n "$initdb" ]; then dirname "$initdb"; fi
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# PostgreSQL refuses to run as root.
as_postgres_user() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; else runuser -u "$postgres_user" -- "$@"; fi
}

# Takes the folder of the programs; without one, they are those of the distribution. The cluster is thrown away: it does
# not wait for the disk. What a crash of the server leaves is tested on clusters that do.
start_postgres() {
  postgres_bin=${1:-$(postgres_programs)}
  if [ -z "$postgres_bin" ]; then
    install_packages postgresql
    postgres_bin=$(postgres_programs)
  fi
  postgres_user=$(getent passwd postgres >/dev/null && echo postgres || echo nobody)
  postgres_folder=$(mktemp -d /tmp/recordgate-postgres.XXXXXX)
  if [ "$(id -u)" -eq 0 ]; then chown "$postgres_user" "$postgres_folder"; fi

  local port log="$postgres_folder/log"
  port=$(free_port)
  (
    cd "$postgres_folder"
    as_postgres_user "$postgres_bin/initdb" --pgdata data --username recordgate --auth trust --encoding UTF8 --locale C --no-sync >/dev/null
    as_postgres_user "$postgres_bin/pg_ctl" start --wait --timeout 60 --pgdata data --log "$log" --silent \
      --options "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories= -c max_connections=200 \
        -c fsync=off -c full_page_writes=off"
  ) || { cat "$log" >&2; return 1; }
  postgres_pid=$(head -n 1 "$postgres_folder/data/postmaster.pid")
  export TEST_DATABASE_URL="postgres://recordgate@127.0.0.1:$port/postgres"
  echo "PostgreSQL $("$postgres_bin/postgres" --version | awk '{ print $3 }') on port $port"
}

# SIGINT asks for a fast shutdown: clients are disconnected.
stop_postgres() {
  if [ -n "${postgres_pid:-}" ] && kill -INT "$postgres_pid" 2>/dev/null; then
    for _ in $(seq 100); do
      kill -0 "$postgres_pid" 2>/dev/null || break
      sleep 0.1
    done
  fi
  if [ -n "${postgres_folder:-}" ]; then rm -rf "$postgres_folder"; fi
  postgres_pid= postgres_folder=
}
