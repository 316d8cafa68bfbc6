#!/usr/bin/env bash
# Compiles what was built for local runs ahead of time, so that ten .NET processes need not each compile the same libraries while they start.
#
#   eng/ahead.sh [--look]      prints the folder with the compiled services; --look only says whether what is there fits what was built
#
# The folder is artifacts/ahead: a folder a project with all its files, its assemblies as ReadyToRun images. What was built stays as it is, so that
# building while a stack runs harms nobody. An image is made once for each version of an assembly. Where the compiler cannot be had, nothing is printed.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
ahead=$root/artifacts/ahead
projects=(AppHost Gateway Orders Marketplace Billing Notifications)

# What was built, by names, sizes and times.
inventory() { (cd -- "$root/artifacts/bin" && find "${projects[@]/%//release}" -type f -printf '%p %s %T@\n' | LC_ALL=C sort); }

for project in "${projects[@]}"; do
  [[ -d $root/artifacts/bin/$project/release ]] || exit 0
done
built=$(inventory)
if [[ -e $ahead/inventory && $built == "$(cat "$ahead/inventory")" ]]; then
  echo "$ahead"
  exit 0
fi
[[ ${1:-} != --look ]] || exit 0

mkdir -p -- "$ahead/images"
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

runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.AspNetCore\.App (10\.[0-9.]+) \[(.*)\/Microsoft\.AspNetCore\.App\]$/\2 \1/p' | tail -n 1)
shared=${runtime% *} version=${runtime##* }
case $(uname -m) in x86_64) architecture=x64 ;; aarch64 | arm64) architecture=arm64 ;; *) exit 0 ;; esac
case $(uname -s) in Linux) os=linux ;; Darwin) os=osx ;; *) exit 0 ;; esac

# What no start loads: tools that add migrations, and ciphers that few mails need. They are a third of all there is to compile.
as_they_are=('Microsoft.CodeAnalysis*' 'Microsoft.Build*' 'Microsoft.VisualStudio*' 'Microsoft.EntityFrameworkCore.Design*' 'Mono.TextTemplating*' 'Humanizer*'
  'System.CodeDom*' 'System.Composition*' 'BouncyCastle*')
skipped=()
for name in "${as_they_are[@]}"; do skipped+=(! -name "$name"); done

# Which image an assembly has: by its content, once for all the projects that use it.
declare -A images=() sources=()
while read -r digest file; do
  images[$file]=$digest
  sources[$digest]=$file
done < <(cd -- "$root/artifacts/bin" && find "${projects[@]/%//release}" -maxdepth 2 -name '*.dll' "${skipped[@]}" -print0 | xargs -0 sha256sum)

# Across assemblies too, MassTransit's code for our messages above all: each image notes which code of others it took in, and the runtime looks whether
# that is still the same before it uses it.
compile() {
  local digest=$1 file=$2
  local image=$ahead/images/$digest.dll
  [[ ! -e $image ]] || return 0
  # What cannot be compiled (no code in it, compiled already) runs as it is.
  if ! "$tool" "$root/artifacts/bin/$file" -o "$image.new" --targetos "$os" --targetarch "$architecture" -O \
    "--opt-cross-module:*" "--non-local-generics-module:*" \
    -r "$(dirname -- "$root/artifacts/bin/$file")/*.dll" -r "$shared/Microsoft.NETCore.App/$version/*.dll" \
    -r "$shared/Microsoft.AspNetCore.App/$version/*.dll" > /dev/null 2>&1; then
    cp -- "$root/artifacts/bin/$file" "$image.new"
  fi
  mv -f -- "$image.new" "$image"
}
export -f compile
export ahead root tool os architecture shared version
missing=$(for digest in "${!sources[@]}"; do [[ -e $ahead/images/$digest.dll ]] || printf '%s %s\n' "$digest" "${sources[$digest]}"; done)
if [[ -n $missing ]]; then
  echo "compiling $(wc -l <<< "$missing") assemblies ahead of time, so that each start is shorter" >&2
  xargs -P "$(nproc)" -L 1 bash -c 'compile "$@"' compile <<< "$missing" 8>&-
fi

# A folder is filled beside the old one and takes its place: a stack that runs from the old one goes on undisturbed.
for project in "${projects[@]}"; do
  new=$ahead/$project.new
  rm -rf -- "$new"
  cp -r --reflink=auto -- "$root/artifacts/bin/$project/release" "$new" 2> /dev/null || cp -R "$root/artifacts/bin/$project/release" "$new"
  for file in "${!images[@]}"; do
    [[ $file != "$project/release/"* ]] || ln -f -- "$ahead/images/${images[$file]}.dll" "$new/${file#"$project/release/"}"
  done
  rm -rf -- "${ahead:?}/$project"
  mv -- "$new" "$ahead/$project"
done
printf '%s\n' "$built" > "$ahead/inventory"
# Images of assemblies that are not built any more.
for image in "$ahead/images/"*.dll; do
  digest=$(basename -- "$image" .dll)
  [[ -n ${sources[$digest]:-} ]] || rm -f -- "$image"
done
echo "$ahead"
