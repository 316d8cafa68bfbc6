#!/usr/bin/env bash
# Checks docs/openapi/v1.json as others will read it: two linters, and a client made of it that has to compile. Says what failed; the last line sums up.
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true SCARF_ANALYTICS=false
passed=0 failed=0
log=$(mktemp "${TMPDIR:-/tmp}/zweizeiler-api.XXXXXX")
trap 'rm -f -- "$log"' EXIT

if ! npm ci --ignore-scripts --no-audit --no-fund > "$log" 2>&1; then
  tail -n 20 "$log"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

check() {
  local name=$1; shift
  if npm run --silent "$@" > "$log" 2>&1 && ! grep -qE '^You have [0-9]+ warning|[1-9][0-9]* warnings?' "$log"; then
    echo "$name: nothing found"
    passed=$((passed + 1))
  else
    echo "$name:"
    grep -v '^$' "$log" | head -n 60
    failed=$((failed + 1))
  fi
}

mkdir -p generated
check "Redocly, recommended rules" redocly
check "Spectral, OpenAPI rules" spectral
check "a TypeScript client of it" generate
check "which compiles" compile
echo "$passed passed, $failed failed, 0 skipped"
((failed == 0))
