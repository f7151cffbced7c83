#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sh setup.sh run      install what is missing, build, run the default study
# sh setup.sh install  the same, and put rift on the path: /usr/local as root, else ~/.local
# sh setup.sh test     install what is missing, build, run all tests
# sh setup.sh develop  install what further checks need besides (clang, formatting, man pages)
# Each may be repeated; what is done already is not done again.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")"

build_packages="gcc libc6-dev make cmake pkg-config libgsl-dev libglpk-dev libcsv-dev libhdf5-dev
 libyaml-dev libutf8proc-dev libssl-dev libarchive-dev libyajl-dev libexpat1-dev
 libcurl4-openssl-dev libseccomp-dev gnuplot-nox fonts-dejavu-core"
test_packages="g++ check python3 python3-h5py python3-xarray python3-netcdf4 netcdf-bin
 chromium chromium-driver"
develop_packages="clang clang-format git man-db scdoc shellcheck" # besides those of the tests

study=indicators/studies/three-layer.yaml
results=results/three-layer
processors=$(nproc 2>/dev/null || echo 2)

say() { printf '%s\n' "$*"; }
fail() { printf 'setup.sh: %s\n' "$*" >&2; exit 3; }

usage() {
  say "Usage: sh setup.sh run|install|test|develop"
  say "  run      install what is missing, build, run the default study"
  say "  install  install what is missing, build, put rift on the path (/usr/local as root, else ~/.local)"
  say "  test     install what is missing, build, run all tests"
  say "  develop  install what further checks need besides"
}

is_debian() {
  [ -r /etc/os-release ] || return 1
  # shellcheck disable=SC1091
  kind=$(. /etc/os-release && printf '%s %s' "${ID:-}" "${ID_LIKE:-}")
  case " $kind " in *" debian "*|*" ubuntu "*) command -v apt-get >/dev/null 2>&1;; *) return 1;; esac
}

other_system() {
  cat >&2 <<TEXT
setup.sh installs packages on Debian and Ubuntu only. Install these by hand, then run
  cmake --fresh --preset release && cmake --build --preset release
  build/release/rift run $study

Fedora:
  dnf install gcc cmake make pkgconf gsl-devel glpk-devel libcsv-devel hdf5-devel libyaml-devel \\
    utf8proc-devel openssl-devel libarchive-devel yajl-devel expat-devel libcurl-devel libseccomp-devel gnuplot dejavu-sans-fonts
  and for the tests: check-devel python3-h5py python3-xarray python3-netcdf4 netcdf \\
    chromium chromedriver
Homebrew:
  brew install cmake pkg-config gsl glpk libcsv hdf5 libyaml utf8proc openssl@3 libarchive yajl expat curl gnuplot
  and for the tests: check netcdf; pip install h5py xarray netCDF4; brew install \\
    --cask chromium chromedriver
TEXT
  exit 3
}

install_missing() {
  is_debian || other_system
  missing=""
  for package in "$@"; do
    state=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    case "$state" in ii*) ;; *) missing="$missing $package";; esac
  done
  [ -n "$missing" ] || return 0
  say "Installing:$missing"
  by_hand="apt-get update && apt-get install$missing"
  sudo=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 ||
      fail "you are not root, and there is no sudo; ask who is root to run: $by_hand"
    sudo="sudo"
  fi
  say "Updating the lists of packages (apt-get update)"
  # Lists that cannot be fetched are no error to apt: the packages then cannot be found.
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q update ||
    fail "apt-get update failed; see above. It needs a network, and root or sudo: $by_hand"
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $missing ||
    fail "apt-get install failed; see above. It needs a network, and root or sudo: $by_hand"
}

# The sources that a build folder was made for; nothing where it is not whole.
sources_of() {
  [ -f "build/$1/Makefile" ] || [ -f "build/$1/build.ninja" ] || return 0
  sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "build/$1/CMakeCache.txt" 2>/dev/null || true
}

build() {
  [ -w . ] || fail "cannot write into $PWD; copy the project to a folder of your own"
  made_for=$(sources_of "$1")
  if [ -n "$made_for" ] && [ "$made_for" != "$(pwd -P)" ] && [ "$made_for" != "$PWD" ]; then
    say "build/$1 was made for $made_for: making it anew"
    made_for=""
  fi
  [ -n "$made_for" ] || {
    rm -rf "build/$1"
    cmake --preset "$1" >"build-$1.log" 2>&1 || {
      cat "build-$1.log" >&2
      rm -f "build-$1.log"
      fail "cmake could not configure the build; see above"
    }
    rm -f "build-$1.log"
  }
  cmake --build --preset "$1" --parallel "$processors" || fail "the build failed; see above"
}

up_to_date() {
  [ -f "$results/report.html" ] && [ -f "$results/three-layer.h5" ] && [ -d "$results/charts" ] &&
    [ -z "$(find build/release/rift indicators data -newer "$results/report.html" 2>/dev/null)" ]
}

case "${1:-}" in
run)
  # shellcheck disable=SC2086
  install_missing $build_packages
  build release
  if up_to_date; then
    say "Nothing has changed since the last run."
  else
    say "Running $study"
    build/release/rift run "$study" -o "$results" >/dev/null
  fi
  say ""
  say "report  $PWD/$results/report.html"
  say "result  $PWD/$results/three-layer.h5"
  say "charts  $PWD/$results/charts/"
  say "rift    $PWD/build/release/rift ('sh setup.sh install' puts it on the path)"
  ;;
install)
  # shellcheck disable=SC2086
  install_missing $build_packages
  build release
  prefix=${PREFIX:-$([ "$(id -u)" -eq 0 ] && printf '/usr/local' || printf '%s/.local' "$HOME")}
  cmake --install build/release --prefix "$prefix" >/dev/null || fail "cmake could not install into $prefix; see above"
  say "installed  $prefix/bin/rift"
  case ":$PATH:" in
  *":$prefix/bin:"*)
    found=$(command -v rift || true)
    [ "$found" = "$prefix/bin/rift" ] || say "but $found comes first on your PATH; remove it, or call $prefix/bin/rift"
    ;;
  *) say "$prefix/bin is not on your PATH; add it:  export PATH=\"$prefix/bin:\$PATH\"" ;;
  esac
  ;;
test)
  # shellcheck disable=SC2086
  install_missing $build_packages $test_packages
  build test
  ctest --preset test --parallel "$processors"
  ;;
develop)
  # shellcheck disable=SC2086
  install_missing $develop_packages
  ;;
*)
  usage >&2
  exit 2
  ;;
esac
