/** The device's ways to write a time; its zone is UTC. */
export const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
export const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** "Mon Nov 23 08:00:00 UTC 2026" */
export function unixDate(ms: number): string {
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(ms).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date.replace(/^0/, ' ')} ${time} UTC ${year}`;
}
