/** STS as far as a pod's web identity goes: it gives keys for a token that the cluster itself says is of this account and for this audience. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ControlPlane } from './control-plane.ts';

export interface Sts {
  readonly url: string;
  /** who was given keys, with the role asked for: "system:serviceaccount:cextfire:shipper arn:aws:iam::..." */
  readonly given: readonly string[];
  close(): void;
}

const NAMESPACE = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

export async function startSts(plane: ControlPlane, audience: string): Promise<Sts> {
  const given: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const asked = new URLSearchParams(text);
    const spec = { token: asked.get('WebIdentityToken'), audiences: [audience] };
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec };
    const { body } = await plane.ask('POST', '/apis/authentication.k8s.io/v1/tokenreviews', review);
    const well = asked.get('Action') === 'AssumeRoleWithWebIdentity' && body?.status?.authenticated === true;
    if (!well) {
      const error = '<Error><Type>Sender</Type><Code>InvalidIdentityToken</Code><Message>no</Message></Error>';
      response.writeHead(400, { 'content-type': 'text/xml' }).end(`<ErrorResponse ${NAMESPACE}>${error}</ErrorResponse>`);
      return;
    }
    given.push(`${body.status.user.username} ${asked.get('RoleArn')}`);
    const keys = '<AccessKeyId>local</AccessKeyId><SecretAccessKey>local</SecretAccessKey><SessionToken>local</SessionToken>';
    const credentials = `<Credentials>${keys}<Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration></Credentials>`;
    response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(
        `<AssumeRoleWithWebIdentityResponse ${NAMESPACE}><AssumeRoleWithWebIdentityResult>${credentials}</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, given, close: () => server.close() };
}
