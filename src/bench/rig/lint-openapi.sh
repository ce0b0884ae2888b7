#!/bin/sh
# Holds the API's document against redocly and spectral, both by npx: no error may be found.
# Give the address of a running server's document to lint what it hands out, such as
#   src/bench/rig/lint-openapi.sh http://127.0.0.1:8080/openapi
set -eu
file=${1:-$(dirname "$0")/../../main/resources/META-INF/openapi.yaml}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
case $file in
  http*) curl -fsS -H 'Accept: application/yaml' "$file" >"$folder/openapi.yaml" ;;
  *) cp "$file" "$folder/openapi.yaml" ;;
esac
cd "$folder"
printf 'extends: ["spectral:oas"]\n' >.spectral.yaml
npx --yes @redocly/cli lint openapi.yaml
npx --yes @stoplight/spectral-cli lint --fail-severity error openapi.yaml
