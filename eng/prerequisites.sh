# shellcheck shell=bash
# Sourced by run, test and .ci/run. What has to be on the machine, and installing what is not.
#
#   prerequisites [--no-install] NAME…   makes sure that each is there: installs what is missing with apt where that may be
#                                        done without asking (root, or sudo without a password), and otherwise says in one
#                                        sentence what to install and returns 1. Silent when nothing is missing.
#   missing_prerequisites NAME…          prints those of the names that are missing, one a line.
#
#   prerequisites_wanted [--no-install] NAME…   the same for what is good to have: says what is missing, and goes on without it.
#
# Names: dotnet (the .NET SDK 10), postgresql (server, 15 or newer), rabbitmq (server), chromium (or Chrome, for browser
# tests), docker (engine), debootstrap, node (Node.js 20 or newer with npm, for the checks of the API's
# description), spelling (Hunspell with the dictionaries of our languages).

missing_prerequisites() {
  local name
  for name in "$@"; do
    prerequisite_present "$name" || echo "$name"
  done
}

prerequisite_present() {
  case $1 in
    dotnet) command -v dotnet > /dev/null && dotnet --list-sdks 2> /dev/null | grep -q '^10\.' ;;
    postgresql) prerequisite_any /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres /opt/homebrew/opt/postgresql@*/bin/postgres postgres ;;
    rabbitmq) prerequisite_any /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server rabbitmq-server ;;
    chromium) prerequisite_any chromium chromium-browser google-chrome google-chrome-stable "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ;;
    docker) prerequisite_any dockerd /usr/sbin/dockerd ;;
    node) command -v npm > /dev/null && command -v node > /dev/null ;;
    debootstrap) prerequisite_any debootstrap /usr/sbin/debootstrap ;;
    spelling) command -v hunspell > /dev/null && prerequisite_dictionaries de_DE fr it_IT es_ES nl pl_PL en_US en_GB ;;
    *) echo "prerequisites: unknown name $1" >&2; return 2 ;;
  esac
}

prerequisite_any() {
  local candidate
  for candidate in "$@"; do
    command -v -- "$candidate" > /dev/null 2>&1 && return 0
  done
  return 1
}

prerequisite_dictionaries() {
  local name
  for name in "$@"; do
    compgen -G "/usr/share/hunspell/$name*.dic" > /dev/null || return 1
  done
}

# What the package is called: apt, dnf, brew.
prerequisite_package() {
  case $1/$2 in
    postgresql/apt) echo postgresql ;;
    postgresql/dnf) echo postgresql-server ;;
    postgresql/brew) echo postgresql@17 ;;
    rabbitmq/apt | rabbitmq/dnf) echo rabbitmq-server ;;
    rabbitmq/brew) echo rabbitmq ;;
    node/apt | node/dnf) echo "nodejs npm" ;;
    docker/apt) echo "docker.io iptables" ;;
    docker/dnf) echo moby-engine ;;
    docker/brew) echo docker ;;
    spelling/apt) echo "hunspell hunspell-de-de hunspell-fr hunspell-it hunspell-es hunspell-nl hunspell-pl hunspell-en-us hunspell-en-gb" ;;
    spelling/dnf) echo "hunspell hunspell-de hunspell-fr hunspell-it hunspell-es-ES hunspell-nl hunspell-pl hunspell-en-US hunspell-en-GB" ;;
    spelling/brew) echo hunspell ;;
    *) echo "$1" ;;
  esac
}

prerequisites() {
  local install=yes missing=() name packages as_root=()
  if [[ ${1:-} == --no-install ]]; then install=; shift; fi
  mapfile -t missing < <(missing_prerequisites "$@")
  ((${#missing[@]})) || return 0

  for name in "${missing[@]}"; do
    if [[ $name == dotnet ]]; then
      echo "The .NET SDK 10 is needed: https://dotnet.microsoft.com/download (or set PATH to it)." >&2
      return 1
    fi
  done
  ((EUID == 0)) || as_root=(sudo -n)
  if [[ -z $install ]] || ! command -v apt-get > /dev/null || { ((EUID != 0)) && ! sudo -n true 2> /dev/null; }; then
    prerequisites_sentence "${missing[@]}" >&2
    return 1
  fi

  packages=$(for name in "${missing[@]}"; do prerequisite_package "$name" apt; done | xargs)
  prerequisites_apt "$packages" || return 1
  mapfile -t missing < <(missing_prerequisites "$@")
  ((${#missing[@]} == 0)) || { echo "Installed, and still not found: ${missing[*]}." >&2; return 1; }
}

prerequisites_wanted() { prerequisites "$@" || echo "It goes on without."; }

prerequisites_sentence() {
  local manager parts=()
  for manager in apt dnf brew; do
    parts+=("$manager: $(for name in "$@"; do prerequisite_package "$name" "$manager"; done | xargs)")
  done
  echo "Missing: $*. Please install (${parts[0]}; ${parts[1]}; ${parts[2]})."
}

# Runs in a subshell, so that the trap that puts the machine's own start policy back is its own.
prerequisites_apt() (
  packages=$1
  log=$(mktemp "${TMPDIR:-/tmp}/zweizeiler-install.XXXXXX")
  policy=/usr/sbin/policy-rc.d
  former=
  started=$SECONDS
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300)
  echo "installing $packages (log: $log)"

  # Packages start their services when installed; these servers are started by us, with data of their own.
  restore() {
    "${as_root[@]}" rm -f "$policy"
    [[ -z $former ]] || "${as_root[@]}" mv -f "$former" "$policy"
  }
  if [[ -e $policy ]]; then
    former=$policy.before-zweizeiler
    "${as_root[@]}" mv -f "$policy" "$former"
  fi
  trap restore EXIT
  trap 'exit 130' INT TERM
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" > /dev/null
  "${as_root[@]}" chmod 755 "$policy"

  # Package lists may be absent or old; a list that cannot be had (another source of the machine's) does no harm by itself.
  compgen -G '/var/lib/apt/lists/*_Packages*' > /dev/null || "${apt[@]}" update >> "$log" 2>&1 < /dev/null || true
  # shellcheck disable=SC2086
  if ! "${apt[@]}" install --no-install-recommends $packages >> "$log" 2>&1 < /dev/null; then
    "${apt[@]}" update >> "$log" 2>&1 < /dev/null || true
    # shellcheck disable=SC2086
    if ! "${apt[@]}" install --no-install-recommends $packages >> "$log" 2>&1 < /dev/null; then
      tail -n 30 "$log" >&2
      echo "Installing $packages failed; the whole log is $log." >&2
      exit 1
    fi
  fi
  echo "installed $packages in $((SECONDS - started)) s"
  rm -f "$log"
)
