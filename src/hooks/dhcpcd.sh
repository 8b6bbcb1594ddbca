# Copy to /etc/dhcpcd.exit-hook, or add it to what is there. dhcpcd needs ia_pd in dhcpcd.conf.
# It is sourced by dhcpcd-run-hooks, so it must not exit.
metallb_dyn6_prefix() {
  [ -n "$new_dhcp6_ia_pd1_prefix1" ] || return 0
  folder=${METALLB_DYN6_FOLDER:-/run/metallb-dyn6}
  mkdir -p "$folder"
  echo "$new_dhcp6_ia_pd1_prefix1/$new_dhcp6_ia_pd1_prefix1_length" \
    "$new_dhcp6_ia_pd1_prefix1_pltime" "$new_dhcp6_ia_pd1_prefix1_vltime" >"$folder/.prefix"
  mv "$folder/.prefix" "$folder/prefix"
}

case $reason in
BOUND6 | RENEW6 | REBIND6 | REBOOT6) metallb_dyn6_prefix ;;
esac
