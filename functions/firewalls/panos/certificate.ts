/** Certificates of management interfaces run out one night, and then nothing can be written: it is said before. */
import type { Condition } from '../../errors.ts';

const SOON_MS = 21 * 86_400_000;

export function certificateConditions(
  manager: string,
  certificates: readonly { readonly host: string; readonly validUntilMs: number }[],
  nowMs: number,
): readonly Condition[] {
  return certificates
    .filter(({ validUntilMs }) => validUntilMs - nowMs < SOON_MS)
    .map(({ host, validUntilMs }) => ({
      code: 'CEXT_PANOS_CERTIFICATE_EXPIRES',
      severity: validUntilMs < nowMs ? 'error' : 'warning',
      subject: { manager, field: host },
      message: `The certificate of ${host} is valid until ${new Date(validUntilMs).toISOString().slice(0, 10)}. Make a new one there, and pin it in managers.${manager}.tls beside the old one first.`,
    }));
}
