# Copy to /etc/odhcp6c.user.d/metallb-dyn6.sh, where OpenWrt's script looks; elsewhere call it from
# the script that odhcp6c is started with, with the same two arguments. It is sourced.
metallb_dyn6_lines() {
  for entry in ${PREFIXES-}; do # PREFIX/LENGTH,PREFERRED,VALID[,excluded=...][,class=...]
    echo "$entry" | cut -d, -f1-3 | tr , ' '
  done
}

# odhcp6c runs once for each interface: the first line of the file says whose prefixes they are.
metallb_dyn6_write() {
  mkdir -p "$metallb_dyn6_folder"
  { echo "# $1"; echo "$2"; } >"$metallb_dyn6_folder/.prefix"
  mv "$metallb_dyn6_folder/.prefix" "$metallb_dyn6_folder/prefix"
}

metallb_dyn6_prefix() { # INTERFACE STATE
  metallb_dyn6_folder=${METALLB_DYN6_FOLDER:-/run/metallb-dyn6}
  case $2 in
  stopped | unbound) # the prefix is not the home's any more
    if head -n 1 "$metallb_dyn6_folder/prefix" 2>/dev/null | grep -qx "# $1"; then
      metallb_dyn6_write "$1" "# odhcp6c: $2 on $1"
    fi
    ;;
  *) [ -z "${PREFIXES-}" ] || metallb_dyn6_write "$1" "$(metallb_dyn6_lines)" ;;
  esac
}

metallb_dyn6_prefix "$1" "$2"
