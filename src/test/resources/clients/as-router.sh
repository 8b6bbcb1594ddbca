# Runs a program as on a router: with a /etc and a /run of its own, which vanish with it. /run/metallb-dyn6
# is a folder outside, as it is with the component source-file.
# usage: as-router.sh FOLDER ETC PROGRAM [ARGUMENT...]; what is in ETC is added to /etc
set -e
folder=$1 etc=$2
shift 2
mount -t tmpfs tmpfs /run
mkdir -p /run/etc/upper /run/etc/work /run/metallb-dyn6
mount -t overlay -o lowerdir=/etc,upperdir=/run/etc/upper,workdir=/run/etc/work overlay /etc
mount --bind "$folder" /run/metallb-dyn6
cp -R "$etc/." /etc
if [ -d /var/lib/dhcpcd ]; then
  mount -t tmpfs tmpfs /var/lib/dhcpcd
fi
# systemd-networkd waits for udev where /sys can be written to.
mount -o remount,ro /sys
mkdir -p /run/systemd/netif/links /run/systemd/netif/leases
if id systemd-network >/dev/null 2>&1; then
  chown -R systemd-network: /run/systemd/netif
fi
exec "$@"
