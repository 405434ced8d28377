#!/usr/bin/env bash
# Makes a container image of the Node that runs here and the libraries it needs: tests need a base image where none can be pulled.
# Usage: base-image.sh <name>
set -euo pipefail
name=${1:?the name of the image}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

programs=("$(readlink -f "$(command -v node)")")
for tool in sh cat ls mkdir rm sleep cp chown; do programs+=("$(readlink -f "$(command -v "$tool")")"); done
mkdir -p "$root"/{usr/local/bin,usr/bin,etc,tmp,home/node,lib64}
ln -s usr/bin "$root/bin"
chmod 1777 "$root/tmp"

copy_libraries() {
  ldd "$1" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -Ln "$library" "$root$library"
  done
}
cp -L "${programs[0]}" "$root/usr/local/bin/node"
for program in "${programs[@]}"; do copy_libraries "$program"; done
for tool in sh cat ls mkdir rm sleep cp chown; do cp -L "$(command -v "$tool")" "$root/usr/bin/$tool"; done

# npm, which is JavaScript: a Dockerfile that installs packages needs it.
modules="$(dirname "$(readlink -f "$(command -v npm)")")/.."
mkdir -p "$root/usr/local/lib/node_modules"
cp -RL "$modules" "$root/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
cp -L "$(command -v env)" "$root/usr/bin/env"

# Certificate authorities of this machine, for registries that need them.
mkdir -p "$root/etc/ssl/certs"
authorities=/etc/ssl/certs/ca-certificates.crt
[ ! -f "$authorities" ] || cp -L "$authorities" "$root$authorities"

printf 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n' > "$root/etc/passwd"
printf 'root:x:0:\nnode:x:1000:\n' > "$root/etc/group"
chown -R 1000:1000 "$root/home/node"
tar -C "$root" -c . | docker import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' --change "ENV NODE_EXTRA_CA_CERTS=$authorities" --change 'CMD ["node"]' - "$name"
