#!/usr/bin/env bash
# Breaks the code in hundreds of small ways and runs the tests against each: docs/mutation-testing.md.
#
#   eng/mutations/run.sh [SLICE…]      slices are the configurations beside this file; all of them without a name
#
# A slice names the files to break and the tests that must notice. Mutants that no test noticed meet the tests once more in a process of their own. Prints a line a
# file, every mutant left, and the score; fails below 85 %. ledger-settlement needs PostgreSQL: a running one (ZWEIZEILER_TEST_POSTGRES), or the operating system's.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
root=$PWD
slices=("$@")
((${#slices[@]})) || mapfile -t slices < <(cd eng/mutations && ls ./*.json | sed -E 's|^\./(.*)\.json$|\1|')
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet tool restore > /dev/null

# Tests that take too long for every mutant, and not for the few that are left.
declare -A thorough=([pricing-counting]=CountingPropertyTests [pricing-prices]=PricePropertyTests)

# keep_mutated PID ASSEMBLY TARGET: the mutated assembly is there only while Stryker runs, beside the other one.
keep_mutated() {
  while kill -0 "$1" 2> /dev/null; do
    if [[ -s $2 && -e $2.stryker-unchanged ]] && ! cmp -s "$2" "$2.stryker-unchanged" && (($(date +%s) - $(stat -c %Y "$2") >= 3)); then
      cp "$2" "$3"
      return
    fi
    sleep 1
  done
}

# One server for all mutants: starting one for each would take many times as long as the tests.
postgres='' scratch=''
cleanup() {
  [[ -z $postgres ]] || { kill "$postgres" && wait "$postgres"; } 2> /dev/null || true
  [[ -z $scratch ]] || rm -rf -- "$scratch"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

start_postgres() {
  [[ -z ${ZWEIZEILER_TEST_POSTGRES:-} ]] || return 0
  local port since=$SECONDS
  while port=$((20000 + RANDOM % 12000)); do
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || break
  done
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/zweizeiler-mutations.XXXXXX")
  chmod 711 "$scratch"
  POSTGRES_PASSWORD=only-for-tests POSTGRES_OPTIONS='-c fsync=off -c full_page_writes=off -c synchronous_commit=off' \
    AppHost/native/postgres.sh "$scratch/postgres" "$port" > "$scratch/postgres.log" 2>&1 &
  postgres=$!
  until [[ $(sed -n 8p "$scratch/postgres/cluster/postmaster.pid" 2> /dev/null) == ready* ]]; do
    if ((SECONDS - since > 120)) || ! kill -0 "$postgres" 2> /dev/null; then
      cat "$scratch/postgres.log" >&2
      exit 1
    fi
    sleep 0.2
  done
  export ZWEIZEILER_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Password=only-for-tests;Database=postgres;Maximum Pool Size=20;Include Error Detail=true"
}

reports=()
for slice in "${slices[@]}"; do
  configuration=eng/mutations/$slice.json
  project=$(sed -nE 's/.*"project": "(.*)\.csproj".*/\1/p' "$configuration")
  read -ra tests <<< "$(sed -nE 's/.*"test-case-filter": "(.*)".*/\1/p' "$configuration" | sed 's/FullyQualifiedName~//g; s/|/ /g') ${thorough[$slice]:-}"
  output=$root/artifacts/mutations/$slice programs=$root/artifacts/bin/$project.Tests/release assembly=Zweizeiler.$project.dll
  report=$output/reports/mutation-report.json
  rm -rf -- "$output"
  mkdir -p "$output"
  # What a run that was ended left there is older than what is built now, and would be put in its place.
  rm -f -- "$programs"/*.stryker-unchanged
  echo "$slice"
  [[ $slice != ledger-settlement ]] || start_postgres
  (cd "tests/$project.Tests" && exec dotnet tool run dotnet-stryker --config-file "../../$configuration" --output "$output" --skip-version-check) > "$output/log" 2>&1 &
  stryker=$!
  keep_mutated "$stryker" "$programs/$assembly" "$output/$assembly"
  if ! wait "$stryker"; then
    tail -n 30 "$output/log"
    exit 1
  fi
  if [[ -s $output/$assembly ]]; then
    cp -r "$programs" "$output/tests"
    mv "$output/$assembly" "$output/tests/$assembly"
    node eng/mutations/fresh.mjs "$report" "$output/tests/Zweizeiler.$project.Tests" "${tests[@]}"
    rm -rf -- "$output/tests"
  fi
  reports+=("$report")
done
node eng/mutations/summary.mjs "${reports[@]}"
