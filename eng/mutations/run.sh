#!/usr/bin/env bash
# Breaks the code in hundreds of small ways and runs the tests against each: docs/mutation-testing.md.
#
#   eng/mutations/run.sh [SLICE…]      slices are the configurations beside this file; all of them without a name
#
# A slice names the files to break and the tests that must notice. Prints a line a file, every mutant that no test noticed, and the score; fails below 85 %.
# Slices of the ledger need PostgreSQL and RabbitMQ: ./test says how they are found.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
root=$PWD
slices=("$@")
((${#slices[@]})) || mapfile -t slices < <(cd eng/mutations && ls ./*.json | sed -E 's|^\./(.*)\.json$|\1|')
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet tool restore > /dev/null
reports=()
for slice in "${slices[@]}"; do
  project=$(sed -nE 's/.*"project": "(.*)\.csproj".*/\1/p' "eng/mutations/$slice.json")
  output=$root/artifacts/mutations/$slice
  mkdir -p "$output"
  echo "$slice"
  if ! (cd "tests/$project.Tests" && dotnet tool run dotnet-stryker --config-file "../../eng/mutations/$slice.json" --output "$output" --skip-version-check) > "$output/log" 2>&1; then
    tail -n 30 "$output/log"
    exit 1
  fi
  reports+=("$output/reports/mutation-report.json")
done
node eng/mutations/summary.mjs "${reports[@]}"
