# Copy to /etc/odhcp6c.user.d/metallb-dyn6.sh, where OpenWrt's script looks; elsewhere call it from
# the script that odhcp6c is started with. It is sourced.
metallb_dyn6_prefix() {
  [ -n "$PREFIXES" ] || return 0
  folder=${METALLB_DYN6_FOLDER:-/run/metallb-dyn6}
  mkdir -p "$folder"
  for entry in $PREFIXES; do # PREFIX/LENGTH,PREFERRED,VALID[,excluded=...][,class=...]
    echo "$entry" | cut -d, -f1-3 | tr , ' '
  done >"$folder/.prefix"
  mv "$folder/.prefix" "$folder/prefix"
}

metallb_dyn6_prefix
