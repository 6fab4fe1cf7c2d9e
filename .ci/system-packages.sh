# Installs missing packages of the distribution. Only root can do that; for other users it prints their names.

install_packages() {
  if [ "$(id -u)" -ne 0 ]; then
    echo "missing: install $* first" >&2
    return 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# All at once: the package manager works for one caller at a time.
require_programs() {
  local missing=()
  command -v openssl >/dev/null || missing+=(openssl)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  command -v pgbouncer >/dev/null || missing+=(pgbouncer)
  if [ -d test/e2e/browser ] && [ -z "${CHROMIUM_PATH:-}" ]; then command -v chromium >/dev/null || missing+=(chromium); fi
  if [ "${#missing[@]}" -gt 0 ]; then install_packages "${missing[@]}"; fi
}
