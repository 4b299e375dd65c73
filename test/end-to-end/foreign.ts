/** Rules, chains and sets that an administrator keeps on the same box: beside ours, on the same hooks, some with names like ours. */
import type { LinuxBorder } from '../linux-firewall/rig.ts';

export const FOREIGN = `
table inet corporate {
  comment "kept by the network team"
  set partners { type ipv4_addr; flags interval; elements = { 192.0.2.0/28, 192.0.2.64-192.0.2.79 } }
  map ports { type inet_service : verdict; elements = { 2222 : jump cf_edge } }
  chain cf_edge { comment "not ours, though it is called so"; }
  chain forward { type filter hook forward priority 0; policy accept;
    ip saddr 172.31.0.0/16 ip daddr @partners drop
    tcp dport vmap @ports
  }
}
table ip translation {
  chain postrouting { type nat hook postrouting priority 100; policy accept;
    ip saddr 172.31.0.0/16 oifname "outside" snat to 192.0.2.200
  }
}
table ip6 raw6 {
  chain prerouting { type filter hook prerouting priority -300; policy accept;
    ip6 saddr 2001:db8:dead::/48 notrack
  }
}
`;

/** Every table that is not ours, with the handles of all that is in it: made anew, it would have others. */
export async function listForeign(border: LinuxBorder): Promise<string> {
  const tables = [...(await border.nft(['list', 'tables'])).matchAll(/^table (\S+) (\S+)$/gm)];
  const listed: string[] = [];
  for (const [, family, name] of tables)
    if (!name?.startsWith('cf_')) listed.push(await border.nft(['-a', '-s', '-n', 'list', 'table', family as string, name as string]));
  return listed.join('');
}
