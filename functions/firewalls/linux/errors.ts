/** What can go wrong between us and a Linux firewall. docs/reference/errors.md is generated from this table. */
import { CextError, defineErrors, type Subject } from '../../errors.ts';
import type { Failure } from '../contract.ts';

export const linuxErrors = defineErrors({
  CEXT_LINUX_UNREACHABLE: {
    retry: 'later',
    meaning: 'The firewall does not answer on its SSH port, or not in time.',
    action: 'Check address and port in the settings, the route from the functions to the firewall, and that sshd runs there.',
  },
  CEXT_LINUX_HOST_KEY_CHANGED: {
    retry: 'never',
    meaning:
      'The SSH server showed a host key that the settings do not pin: another machine answers, or its key was replaced. Nothing was sent.',
    action:
      'Compare `ssh-keygen -lf` on the firewall with managers.<name>.hostKeys; pin the new key beside the old one only if you know why it changed.',
  },
  CEXT_LINUX_LOGIN_REFUSED: {
    retry: 'later',
    meaning: 'The firewall refused our key, also after the secret was read again.',
    action: 'Check the secret of the manager (an OpenSSH private key) and the authorized_keys of the account that the settings name.',
  },
  CEXT_LINUX_SECRET_UNREADABLE: {
    retry: 'never',
    meaning: 'The secret of the manager is not a private key that SSH can use.',
    action: 'Store an unencrypted OpenSSH or PEM private key, whole, with its line breaks.',
  },
  CEXT_LINUX_CONNECTION_LOST: {
    retry: 'verify',
    meaning:
      'The connection ended, or an answer did not come in time, while the firewall was working on a transaction: its effect is not known.',
    action: 'Nothing: the next round reads the table and goes on from there.',
  },
  CEXT_LINUX_BOX_REFUSED: {
    retry: 'never',
    meaning: 'The forced command on the firewall refused the request, or something else than our forced command answers.',
    action:
      'Install functions/firewalls/linux/box/cextfire-nft of this version as the forced command of our key, with CEXTFIRE_PREFIX as in the settings.',
  },
  CEXT_LINUX_REFUSED: {
    retry: 'never',
    meaning: 'nft refused a transaction as wrong; nothing of it was applied.',
    action:
      'The message holds what nft said. Check that nft is 1.0.1 or newer and the kernel 5.10 or newer; otherwise report it as a bug with the message.',
  },
  CEXT_LINUX_DRIFT: {
    retry: 'verify',
    meaning: 'The table is not as it was read: somebody changed or removed it in between. Nothing of the transaction was applied.',
    action:
      'Nothing: the next round reads the table and plans anew. If it repeats, find out what else writes (a firewall manager that flushes the ruleset).',
  },
  CEXT_LINUX_STALE_LEASE: {
    retry: 'never',
    meaning:
      'A newer holder of the lease has written to this firewall; the transaction of the older one was refused by the fence in the table.',
    action: 'Nothing: this run ends, the newer one goes on.',
  },
  CEXT_LINUX_BUSY: {
    retry: 'verify',
    meaning: 'The kernel says that an object is still in use: something of somebody else refers to it.',
    action: 'Nothing, when it passes. Otherwise look with `nft -a list ruleset` for rules of others that name our sets or chains.',
  },
  CEXT_LINUX_TOO_LONG: {
    retry: 'later',
    meaning: 'Even the smallest transaction is too long for the socket of nft on this firewall.',
    action: 'Give nft the right CAP_NET_ADMIN in the first namespace, or raise net.core.wmem_max.',
  },
  CEXT_LINUX_NO_PERMISSION: {
    retry: 'never',
    meaning: 'nft may not change the rules on the firewall.',
    action: 'Let the forced command run nft with CAP_NET_ADMIN (root, or CEXTFIRE_NFT="sudo -n /usr/sbin/nft").',
  },
  CEXT_LINUX_FULL: {
    retry: 'later',
    meaning: 'The firewall has no memory left for the transaction; nothing of it was applied.',
    action: 'Look at the memory of the box and at the sizes of the sets.',
  },
  CEXT_LINUX_SAVE_FAILED: {
    retry: 'later',
    meaning: 'The rules are in force but could not be saved for the next boot; the file of the last good state is untouched.',
    action: 'Make room on the disk of the firewall and check that the folder of saved tables can be written.',
  },
  CEXT_LINUX_UNREADABLE: {
    retry: 'later',
    meaning: 'What nft listed is not the JSON that nft lists.',
    action: 'Run `nft -j -n list table inet <table>` on the firewall and look at its output; check the versions that the message names.',
  },
  CEXT_LINUX_NAME_TAKEN: {
    retry: 'never',
    meaning: 'A table with our name exists that we did not make.',
    action: 'Choose another prefix in the settings of the firewall, or remove the table if nobody needs it.',
  },
  CEXT_LINUX_ZONES_MISSING: {
    retry: 'never',
    meaning: 'Two borders on one Linux firewall cannot be told apart without their outside interfaces.',
    action: 'Name the outside interfaces of each border in borders.<name>.zones.outside.',
  },
  CEXT_LINUX_ZONE_NAME: {
    retry: 'never',
    meaning: 'A zone is not a name that a Linux interface can have.',
    action: 'Write interface names of at most 15 letters, digits, ".", "-", "_", "@"; a "*" at the end stands for any ending.',
  },
  CEXT_LINUX_LIMIT: {
    retry: 'never',
    meaning: 'The rulebook has more rules or sets than one table is meant to hold. Nothing was written.',
    action: 'Give the rules to several firewalls, or write them with sets in place of single addresses.',
  },
  CEXT_LINUX_FOREIGN_DROP: {
    retry: 'never',
    meaning: "An administrator's own chain drops packets that a policy allows. We never change such chains.",
    action: 'Accept the traffic there, or accept that the border stays closed for it.',
  },
});

export type LinuxCode = keyof typeof linuxErrors;

export function linuxError(code: LinuxCode, message: string, subject: Subject = {}, options?: ErrorOptions): CextError {
  return new CextError(code, linuxErrors[code], message, subject, options);
}

export function failureOf(error: CextError): Failure {
  return { code: error.code, message: error.message, retry: error.retry };
}
