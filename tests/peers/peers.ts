/** A program that was written by others, against which something of Sluice is tested. */
export interface Peer {
  name: string;
  /** Debian's. */
  packages: readonly string[];
  /** All of them are on the path when it is installed. */
  programs: readonly string[];
  tests: readonly string[];
}

export const peers: readonly Peer[] = [
  {
    name: 'radosgw, an S3 server',
    packages: ['radosgw', 'ceph-mon', 'ceph-osd'],
    programs: ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'ceph-authtool', 'monmaptool'],
    tests: ['tests/peers/radosgw.test.ts'],
  },
];
