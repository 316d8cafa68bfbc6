#!/usr/bin/env bash
# Compiles what was built for local runs ahead of time, so that ten .NET processes need not each compile the same code while they start.
#
#   eng/ahead.sh [--look]      prints the folder with the compiled services; --look only says whether what is there fits what was built
#
# The folder is artifacts/ahead. In it lie a .NET runtime of its own (dotnet) and a folder a project with all its files. The runtime's assemblies and the
# packages' are compiled together into one image (shared.r2r.dll): only so do their generics made for one another's types find code. It is made
# once for each set of packages and each patch of the runtime, which takes minutes; our own assemblies are compiled against it, which takes seconds.
# What was built stays as it is, so that building while a stack runs harms nobody. Where the compiler cannot be had, nothing is printed.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
ahead=$root/artifacts/ahead
projects=(AppHost Gateway Orders Marketplace Billing Notifications)
ours=Zweizeiler

case $(uname -s)/$(uname -m) in
  Linux/x86_64) architecture=x64 ;;
  Linux/aarch64) architecture=arm64 ;;
  *) exit 0 ;;
esac
for project in "${projects[@]}"; do
  [[ -d $root/artifacts/bin/$project/release ]] || exit 0
done
runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.AspNetCore\.App (10\.[0-9.]+) \[(.*)\/Microsoft\.AspNetCore\.App\]$/\2 \1/p' | tail -n 1)
shared=${runtime% *} version=${runtime##* }
frameworks=("$shared/Microsoft.NETCore.App/$version" "$shared/Microsoft.AspNetCore.App/$version")

# What was built, by names, sizes and times, and what runs it.
inventory() {
  echo "$runtime"
  (cd -- "$root/artifacts/bin" && find "${projects[@]/%//release}" -type f -printf '%p %s %T@\n' | LC_ALL=C sort)
}
built=$(inventory)
if [[ -e $ahead/inventory && $built == "$(cat "$ahead/inventory")" ]]; then
  echo "$ahead"
  exit 0
fi
[[ ${1:-} != --look ]] || exit 0

mkdir -p -- "$ahead"
exec 8> "$ahead/lock"
flock 8
compiler() {
  local project=$ahead/compiler
  mkdir -p -- "$project"
  cp -- "$root"/[Nn]u[Gg]et.[Cc]onfig "$project/" 2> /dev/null || true
  cat > "$project/Compiler.csproj" << 'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="Microsoft.NETCore.App.Crossgen2.$(NETCoreSdkPortableRuntimeIdentifier)" Version="[$(BundledNETCoreAppPackageVersion)]" />
  </ItemGroup>
  <Target Name="Say">
    <Message Importance="high" Text="tool=$(NuGetPackageRoot)microsoft.netcore.app.crossgen2.$(NETCoreSdkPortableRuntimeIdentifier.ToLowerInvariant())/$(BundledNETCoreAppPackageVersion)/tools/crossgen2" />
  </Target>
</Project>
PROJECT
  # Nothing of the repository's own build concerns it.
  local apart=(-p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false -p:ImportDirectoryPackagesProps=false -nodeReuse:false)
  (cd -- "$project" && dotnet restore --nologo -v quiet "${apart[@]}" && dotnet msbuild -nologo -t:Say "${apart[@]}") 2> /dev/null < /dev/null |
    sed -nE 's/^ *tool=//p'
}
tool=$(cat "$ahead/tool" 2> /dev/null || true)
if [[ ! -x $tool ]]; then
  tool=$(compiler || true)
  [[ -x $tool ]] || { echo "not compiled ahead: the compiler cannot be restored here; starting takes some seconds longer" >&2; exit 0; }
  printf '%s\n' "$tool" > "$ahead/tool"
fi

# What no start loads: tools that add migrations, ciphers that few mails need, and parts of the framework that nothing here uses.
as_they_are=('Microsoft.CodeAnalysis*' 'Microsoft.Build*' 'Microsoft.VisualStudio*' 'Microsoft.EntityFrameworkCore.Design*' 'Mono.TextTemplating*' 'Humanizer*'
  'System.CodeDom*' 'System.Composition*' 'BouncyCastle*' 'Microsoft.VisualBasic*' 'Microsoft.CSharp*' 'System.Private.DataContractSerialization*'
  'System.Linq.Parallel*' 'System.Linq.AsyncEnumerable*' 'System.Security.Cryptography.Xml*' 'System.Text.Encoding.CodePages*'
  'Microsoft.AspNetCore.SignalR*' 'Microsoft.AspNetCore.Components.Server*' 'Microsoft.AspNetCore.Server.HttpSys*' 'Microsoft.AspNetCore.Server.IIS*')
skipped=()
for name in "${as_they_are[@]}"; do skipped+=(! -name "$name"); done

# The common image's assemblies, by name: the framework's version of one goes before a package's, as it does in a process.
declare -A common=()
while read -r file; do
  name=${file##*/}
  [[ -n ${common[$name]:-} ]] || common[$name]=$file
done < <(
  for folder in "${frameworks[@]}" "${projects[@]/#/$root/artifacts/bin/}"; do
    [[ $folder != "$root"/* ]] || folder+=/release
    find "$folder" -maxdepth 1 -name '*.dll' ! -name "$ours.*" "${skipped[@]}" | LC_ALL=C sort
  done
)
key=$({ echo "$tool"; printf '%s\0' "${common[@]}" | LC_ALL=C sort -z | xargs -0 sha256sum | cut -c 1-64; } | sha256sum | cut -c 1-24)
platform=(--targetos linux --targetarch "$architecture" -O)
references=()
for folder in "${projects[@]}"; do references+=(-r "$root/artifacts/bin/$folder/release/*.dll"); done
for folder in "${frameworks[@]}"; do references+=(-r "$folder/*.dll"); done

image=$ahead/common/$key
if [[ ! -d $image ]]; then
  echo "compiling ${#common[@]} assemblies of the runtime and of packages ahead of time, once, so that each start is shorter: some minutes" >&2
  rm -rf -- "$ahead/common"
  mkdir -p -- "$image.new/in" "$image.new/out"
  for file in "${common[@]}"; do ln -s -- "$file" "$image.new/in/"; done
  if ! "$tool" --composite --inputbubble "$image.new/in/*.dll" --inputbubbleref "$image.new/in/*.dll" "${references[@]}" "${platform[@]}" \
    -o "$image.new/out/shared.r2r.dll" > "$ahead/compiler.log" 2>&1; then
    rm -rf -- "$image.new"
    echo "not compiled ahead: see $ahead/compiler.log; starting takes some seconds longer" >&2
    exit 0
  fi
  mv -- "$image.new" "$image"
fi

# A folder is filled beside the old one and takes its place: a stack that runs from the old one goes on undisturbed.
copy() { cp -r --reflink=auto -- "$1" "$2"; }
replace() {
  rm -rf -- "$1.old"
  [[ ! -e $1 ]] || mv -- "$1" "$1.old"
  mv -- "$1.new" "$1"
  rm -rf -- "$1.old"
}
# Puts the common image's assemblies into the place of the original ones.
use_common() {
  local file
  for file in "$image/out/"*.dll; do
    [[ ! -e $1/${file##*/} ]] || ln -f -- "$file" "$1/"
  done
  ln -f -- "$image/out/shared.r2r.dll" "$1/"
}

if [[ $(cat "$ahead/dotnet/image" 2> /dev/null || true) != "$key" ]]; then
  new=$ahead/dotnet.new
  rm -rf -- "$new"
  mkdir -p -- "$new/shared"
  for file in dotnet host; do copy "${shared%/shared}/$file" "$new/"; done
  for folder in "${frameworks[@]}"; do
    name=$(basename -- "$(dirname -- "$folder")")
    mkdir -- "$new/shared/$name"
    copy "$folder" "$new/shared/$name/"
    use_common "$new/shared/$name/$version"
  done
  printf '%s\n' "$key" > "$new/image"
  replace "$ahead/dotnet"
fi

for project in "${projects[@]}"; do
  from=$root/artifacts/bin/$project/release
  content=$(cd -- "$from" && { echo "$key"; find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; } | sha256sum)
  [[ $content != "$(cat "$ahead/$project/image" 2> /dev/null || true)" ]] || continue
  echo "compiling $project ahead of time" >&2
  new=$ahead/$project.new
  rm -rf -- "$new"
  copy "$from" "$new"
  use_common "$new"
  # Each may hold code of the common image's assemblies and of one another. What cannot be compiled runs as it is.
  for file in "$from/$ours."*.dll; do
    "$tool" "$file" -o "$new/${file##*/}.new" "${platform[@]}" --inputbubble --compilebubblegenerics --inputbubbleref "$image/in/*.dll" \
      --inputbubbleref "$from/$ours.*.dll" -r "$from/*.dll" "${references[@]}" > "$ahead/compiler.log" 2>&1 || continue
    mv -f -- "$new/${file##*/}.new" "$new/${file##*/}"
  done
  printf '%s\n' "$content" > "$new/image"
  replace "$ahead/$project"
done
printf '%s\n' "$built" > "$ahead/inventory"
echo "$ahead"
