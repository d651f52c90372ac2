#!/usr/bin/env bash
# A real S3 server on loopback, in the foreground until SIGTERM: Ceph's radosgw over one monitor and one OSD that lives in memory.
#   radosgw-up.sh DIR PORT     uses PORT and the two after it; prints "ready" when it takes requests (about 15 s, 170 MB)
# The key is "testkey", its secret "testsecret".
set -eu
port=$2 run=$1/run
mkdir -p "$run/mon" "$run/osd" "$run/rgw"

fsid=$(cat /proc/sys/kernel/random/uuid)
osd=$(cat /proc/sys/kernel/random/uuid)
cat > "$run/ceph.conf" <<CONF
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:$((port + 1))/0,v1:127.0.0.1:$((port + 2))/0]
public addr = 127.0.0.1
auth allow insecure global id reclaim = false
osd pool default size = 1
osd pool default min size = 1
osd crush chooseleaf type = 0
osd pool default pg num = 4
osd pool default pgp num = 4
mon allow pool size one = true
mon warn on pool no redundancy = false
mon data avail warn = 1
mon data avail crit = 0
run dir = $run
admin socket = $run/\$name.asok
pid file = $run/\$name.pid
log file = $run/\$name.log
err to stderr = true
mon data = $run/mon
mon cluster log file = $run/cluster.log
osd data = $run/osd
osd objectstore = memstore
memstore device bytes = 2147483648
keyring = $run/keyring
rgw frontends = beast endpoint=127.0.0.1:$port
rgw data = $run/rgw
rgw dns name = s3.localhost
rgw crypt require ssl = false
CONF
conf=(-c "$run/ceph.conf")
ceph=(/usr/bin/python3 "$(command -v ceph)" "${conf[@]}")

pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
}
trap stop EXIT
trap 'exit 0' INT TERM

# until_ok COMMAND…: waits until it succeeds, or one of the servers has ended.
until_ok() {
  until "$@" > /dev/null 2>&1; do
    for pid in "${pids[@]}"; do kill -0 "$pid" 2>/dev/null || { echo "a server ended" >&2; cat "$run"/*.out >&2; exit 1; }; done
    sleep 0.2
  done
}
has_osd() { "${ceph[@]}" osd stat | grep -q '1 up'; }

ceph-authtool "${conf[@]}" --create-keyring "$run/keyring" --gen-key -n mon. --cap mon 'allow *' > /dev/null
ceph-authtool "${conf[@]}" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' "$run/keyring" > /dev/null
monmaptool "${conf[@]}" --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]" \
  --enable-all-features "$run/monmap" > /dev/null
ceph-mon "${conf[@]}" -i a --mkfs --monmap "$run/monmap" --keyring "$run/keyring"
ceph-mon "${conf[@]}" -i a -f > "$run/mon.out" 2>&1 & pids+=($!)
until_ok timeout 30 "${ceph[@]}" mon stat

"${ceph[@]}" osd new "$osd" > /dev/null
"${ceph[@]}" auth get-or-create osd.0 mon 'allow profile osd' osd 'allow *' mgr 'allow *' > "$run/osd/keyring"
cat "$run/osd/keyring" >> "$run/keyring"
ceph-osd "${conf[@]}" -i 0 --mkfs --osd-uuid "$osd" > "$run/mkfs.out" 2>&1
ceph-osd "${conf[@]}" -i 0 -f > "$run/osd.out" 2>&1 & pids+=($!)
until_ok has_osd

radosgw "${conf[@]}" -n client.admin -f > "$run/rgw.out" 2>&1 & pids+=($!)
until_ok curl -s -o /dev/null "http://127.0.0.1:$port/"
radosgw-admin "${conf[@]}" -n client.admin user create --uid=test --display-name=test \
  --access-key=testkey --secret-key=testsecret > /dev/null 2>&1
echo ready
wait
