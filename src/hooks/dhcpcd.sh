# Copy to /etc/dhcpcd.exit-hook, or add it to what is there. dhcpcd needs ia_pd in dhcpcd.conf.
# It is sourced by dhcpcd-run-hooks, so it must not exit.
metallb_dyn6_lines() {
  env | sed -n 's/^new_dhcp6_ia_pd\([0-9]*\)_prefix\([0-9]*\)=.*/\1 \2/p' | sort | while read -r pd number; do
    name=new_dhcp6_ia_pd${pd}_prefix${number}
    eval "echo \"\$$name/\$${name}_length \$${name}_pltime \$${name}_vltime\""
  done
}

# dhcpcd calls its hooks for every interface: the first line of the file says whose prefixes they are.
metallb_dyn6_write() {
  mkdir -p "$metallb_dyn6_folder"
  { echo "# $interface"; echo "$1"; } >"$metallb_dyn6_folder/.prefix"
  mv "$metallb_dyn6_folder/.prefix" "$metallb_dyn6_folder/prefix"
}

metallb_dyn6_prefix() {
  metallb_dyn6_folder=${METALLB_DYN6_FOLDER:-/run/metallb-dyn6}
  case $reason in
  BOUND6 | RENEW6 | REBIND6 | REBOOT6)
    lines=$(metallb_dyn6_lines)
    [ -z "$lines" ] || metallb_dyn6_write "$lines"
    ;;
  EXPIRE6 | RELEASE6 | STOP6 | STOPPED) # the prefix is not the home's any more
    if head -n 1 "$metallb_dyn6_folder/prefix" 2>/dev/null | grep -qx "# $interface"; then
      metallb_dyn6_write "# dhcpcd: $reason on $interface"
    fi
    ;;
  esac
}

metallb_dyn6_prefix
