#!/bin/sh
# Copy to /etc/networkd-dispatcher/routable.d/metallb-dyn6, executable; needs networkd-dispatcher. It is
# run when an interface becomes routable, so have a timer run it, too, for a prefix that changes later.
# systemd-networkd tells hooks no prefix, but has an unreachable route for the one that was delegated.
folder=${METALLB_DYN6_FOLDER:-/run/metallb-dyn6}
delegated=$(ip -6 route show type unreachable proto dhcp |
  sed -n 's/^unreachable \([0-9a-f:]*\/[0-9]*\) .*/\1/p')

# The route of an old prefix stays for hours after a change, but no interface keeps an address under it.
used=$(for prefix in $delegated; do
  [ -z "$(ip -6 -o address show to "$prefix" scope global -deprecated)" ] || echo "$prefix"
done)

mkdir -p "$folder"
prefixes=${used:-$delegated}
echo "${prefixes:-# systemd-networkd: no prefix is delegated}" >"$folder/.prefix"
mv "$folder/.prefix" "$folder/prefix"
