#!/usr/bin/env bash
# Finds out once whether Aspire's packages can be restored here, and records it for the build in .hosting-engine.props:
# "aspire" or "local" (src/LocalHosting stands in). Called by run and test; `eng/engine.sh --again` looks afresh.
# Offline and slow feeds count as "cannot": the look gives up after ENGINE_TIMEOUT seconds (default 90).
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
record=$root/.hosting-engine.props

recorded() { grep -oE "<HostingEngine>(aspire|local)<" "$record" 2> /dev/null | grep -oE "aspire|local"; }

engine=$(recorded || true)
if [[ ${1:-} != --again && -n $engine ]]; then
  exit 0
fi

version=$(sed -nE 's|.*Include="Aspire.Hosting.AppHost" Version="([^"]+)".*|\1|p' "$root/Directory.Packages.props")
[[ -n $version ]] || { echo "engine.sh: Directory.Packages.props names no version of Aspire.Hosting.AppHost." >&2; exit 1; }
echo "looking whether Aspire $version can be restored here"
probe=$(mktemp -d "${TMPDIR:-/tmp}/zweizeiler-engine.XXXXXX")
trap 'rm -rf -- "$probe"' EXIT
cp "$root"/[Nn]u[Gg]et.[Cc]onfig "$probe/" 2> /dev/null || true
cat > "$probe/Probe.csproj" << PROJECT
<Project Sdk="Aspire.AppHost.Sdk/$version">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Aspire.Hosting.PostgreSQL" Version="$version" />
    <PackageReference Include="Aspire.Hosting.RabbitMQ" Version="$version" />
  </ItemGroup>
</Project>
PROJECT
limit=()
! command -v timeout > /dev/null || limit=(timeout "${ENGINE_TIMEOUT:-90}")
if (cd "$probe" && "${limit[@]}" dotnet restore --nologo -v quiet Probe.csproj) > "$probe/log" 2>&1 < /dev/null; then
  engine=aspire
  echo "Aspire $version is available"
else
  engine=local
  echo "Aspire $version cannot be restored here ($(grep -oE '(NU|MSB|NETSDK)[0-9]+' "$probe/log" | sort -u | xargs || true)); src/LocalHosting runs the same topology"
fi
cat > "$record.new" << PROPS
<Project>
  <PropertyGroup>
    <HostingEngine>$engine</HostingEngine>
  </PropertyGroup>
</Project>
PROPS
mv -- "$record.new" "$record"
