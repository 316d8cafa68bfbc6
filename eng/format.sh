#!/usr/bin/env bash
# Checks how the sources are formatted: C# by .editorconfig (the build itself enforces style), every text file's line ends,
# and shell scripts. `eng/format.sh --fix` repairs the C# files.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

if [[ ${1:-} == --fix ]]; then
  exec dotnet format whitespace . --folder --exclude artifacts
fi

wrong=0
complain() { echo "$1" >&2; wrong=1; }

dotnet format whitespace . --folder --exclude artifacts --verify-no-changes || complain "C# files need formatting: eng/format.sh --fix"
# The signature delimiter of approved mails (RFC 3676) has a blank at its end.
! git grep -nIE '[[:space:]]+$' -- ':!*.md' ':!samples/**' ':!tests/Notifications.Tests/Approved/*.txt' || complain "The lines above end in blanks."
! git grep -nIP '\t' -- '*.cs' '*.csproj' '*.props' '*.yml' '*.sh' || complain "The lines above contain tabs."
while read -r file; do
  [[ ! -s $file || -z $(tail -c 1 -- "$file" | tr -d '\n') ]] || complain "$file: the last line has no end."
done < <(git grep -lI '' -- ':!*.lock.json')

mapfile -t scripts < <(git grep -lE '^#!.*(bash|sh)$|^# shellcheck shell=' -- ':!*.md')
for script in "${scripts[@]}"; do bash -n "$script" || complain "$script: not a valid script."; done
! command -v shellcheck > /dev/null || shellcheck --external-sources --source-path=SCRIPTDIR --severity=warning "${scripts[@]}" || complain "shellcheck found the above."
exit "$wrong"
