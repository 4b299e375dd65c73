/** A certificate authority of the twin's own, made at start, and the certificate that it signs for one address. */
import { createHash, generateKeyPair, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

export interface Tls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate, hex */
  readonly fingerprint: string;
}

async function keys(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function certificate(
  subject: string,
  publicKey: string,
  issuer: { readonly name: string; readonly privateKey: string },
  extensions: object[],
  days = 30,
): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${createHash('sha256').update(publicKey).digest('hex').slice(0, 30)}`;
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000);
  certificate.validity.notAfter = new Date(Date.now() + days * 86_400_000);
  certificate.setSubject([{ name: 'commonName', value: subject }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer.name }]);
  certificate.setExtensions(extensions);
  certificate.sign(forge.pki.privateKeyFromPem(issuer.privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

/** One per address and process: making keys takes seconds on a busy machine, and tests start many twins. */
const made = new Map<string, Promise<Tls>>();

export function tlsFor(address: string): Promise<Tls> {
  const there = made.get(address) ?? makeTls(address);
  made.set(address, there);
  return there;
}

/** A new authority and certificate; the certificate is valid for so many days. */
export async function makeTls(address: string, days = 30): Promise<Tls> {
  const [authority, server] = await Promise.all([keys(), keys()]);
  const name = `twin CA ${createHash('sha256').update(authority.publicKey).digest('hex').slice(0, 8)}`;
  const ca = certificate(name, authority.publicKey, { name, privateKey: authority.privateKey }, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  const cert = certificate(
    address,
    server.publicKey,
    { name, privateKey: authority.privateKey },
    [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: address },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
    days,
  );
  const fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { ca, cert, key: server.privateKey, fingerprint };
}
