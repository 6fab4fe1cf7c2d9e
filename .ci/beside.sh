# Runs commands beside others. Their output is shown when they have ended, so that the log stays readable.

beside_pids=() beside_names=() beside_logs=()

# Takes a command.
start_beside() {
  local log
  log=$(mktemp /tmp/recordgate-beside.XXXXXX)
  # With a process group of its own, it can be ended with what it has started.
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  set +m
  beside_pids+=("$!") beside_names+=("$*") beside_logs+=("$log")
}

# Waits for all of them, and fails when one has failed.
finish_beside() {
  local index status failed=0
  for index in "${!beside_pids[@]}"; do
    status=0
    wait "${beside_pids[$index]}" || status=$?
    echo "> ${beside_names[$index]} (exit code $status)"
    cat "${beside_logs[$index]}"
    rm -f "${beside_logs[$index]}"
    if [ "$status" -ne 0 ]; then failed=1; fi
  done
  beside_pids=() beside_names=() beside_logs=()
  return "$failed"
}

# Ends those that still run, and shows what they have printed.
stop_beside() {
  local pid
  for pid in ${beside_pids[@]+"${beside_pids[@]}"}; do kill -TERM -- "-$pid" 2>/dev/null || true; done
  finish_beside || true
}
