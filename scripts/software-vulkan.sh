#!/usr/bin/env bash
# Brings Mesa's software Vulkan driver (lavapipe, 25 or newer) into a folder, for tests of WebGPU where there is no GPU.
# Debian 12 has it in its backports. Nothing is installed: lists, packages and files stay in that folder, so that the
# machine's own Mesa is as it was. Prints what MULAN_TEST_VULKAN is to name.
#   usage: export MULAN_TEST_VULKAN="$(scripts/software-vulkan.sh FOLDER)"
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
library="$folder/root/usr/lib/x86_64-linux-gnu"
if [ ! -e "$library/libvulkan_lvp.so" ]; then
  [ "$(uname -m)" = x86_64 ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null
  mkdir -p "$folder"/{lists/partial,cache/archives/partial,debs,root}
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  for suite in bookworm-backports bookworm; do
    echo "deb [signed-by=$keyring] http://deb.debian.org/debian $suite main"
  done >"$folder/sources.list"
  apt=(apt-get -qq -o "Dir::State::Lists=$folder/lists" -o "Dir::Etc::SourceList=$folder/sources.list"
    -o Dir::Etc::SourceParts=/dev/null -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root)
  "${apt[@]}" update >&2
  # The driver with what it needs newer than bookworm has; the rest is what a browser brings as well.
  packages=(mesa-vulkan-drivers/bookworm-backports libdrm2/bookworm-backports libdrm-amdgpu1/bookworm-backports)
  ldconfig -p | grep -q libLLVM-15 || packages+=(libllvm15)
  ldconfig -p | grep -q libvulkan.so.1 || packages+=(libvulkan1)
  (cd "$folder/debs" && "${apt[@]}" download "${packages[@]}" >&2)
  for package in "$folder"/debs/*.deb; do dpkg-deb -x "$package" "$folder/root"; done
  rm -rf "$folder"/{lists,cache,debs}
fi
missing=$(LD_LIBRARY_PATH="$library" ldd "$library/libvulkan_lvp.so" | grep "not found" || true)
if [ -n "$missing" ]; then echo "lavapipe lacks $missing" >&2; exit 1; fi
cp "$folder/root/usr/share/vulkan/icd.d/"lvp_icd*.json "$library/lvp_icd.json"
echo "$library"
