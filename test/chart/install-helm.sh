#!/bin/sh
# helm 3 for the tests of the chart, built from the Go module proxy (two minutes of one processor, once) into a cache outside of the repository:
# ${XDG_CACHE_HOME:-~/.cache}/cextfire/helm-VERSION/helm. Prints its path. Exits 1 where it neither is nor can be built.
set -eu
version=v3.22.0
folder=${XDG_CACHE_HOME:-$HOME/.cache}/cextfire/helm-$version
if [ ! -x "$folder/helm" ]; then
  go=$(command -v go || echo /usr/local/go/bin/go)
  if [ ! -x "$go" ]; then
    echo "helm $version is built with Go, and there is none; install Go 1.25 or newer" >&2
    exit 1
  fi
  mkdir -p "$folder"
  echo "building helm $version, once, into $folder" >&2
  # Built beside and moved: a build that is interrupted leaves nothing that looks like a helm.
  # Nothing here needs a fast helm: without optimizing, the build takes a third of the time.
  GOFLAGS=-mod=mod GOBIN="$folder/building.$$" "$go" install -gcflags='all=-N -l' -ldflags='-s -w' "helm.sh/helm/v3/cmd/helm@$version"
  mv "$folder/building.$$/helm" "$folder/helm"
  rmdir "$folder/building.$$"
fi
echo "$folder/helm"
