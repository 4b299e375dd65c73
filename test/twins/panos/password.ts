/** Hashes of passwords as an administrator's `phash` holds them; the salt is part of it. */
import { createHash, randomBytes } from 'node:crypto';

export function hashPassword(password: string, salt = randomBytes(6).toString('hex')): string {
  return `$5$${salt}$${createHash('sha256').update(`${salt} ${password}`).digest('base64url')}`;
}

export const passwordFits = (password: string, phash: string): boolean => {
  const salt = /^\$5\$([^$]+)\$/.exec(phash)?.[1];
  return salt !== undefined && hashPassword(password, salt) === phash;
};
