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

require_chromium() {
  if [ -n "${CHROMIUM_PATH:-}" ] || command -v chromium >/dev/null; then return 0; fi
  install_packages chromium
}
