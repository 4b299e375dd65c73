/** The control queue back to a shipper: JSON, one message each. */
// As a namespace: of `{ z }` a bundler keeps all of zod, its languages too (470 KB).
import * as z from 'zod';

export const ControlMessage = z.discriminatedUnion('kind', [
  z.object({ format: z.literal(1), kind: z.literal('resync'), reason: z.string() }),
  /** What the cloud holds against this cluster's policies; the shipper serves it at /status. Replaces what was told before. */
  z.object({
    format: z.literal(1),
    kind: z.literal('conditions'),
    conditions: z.array(
      z.object({
        code: z.string(),
        severity: z.enum(['info', 'warning', 'error']),
        firewall: z.string().optional(),
        /** that stands for the firewall in this cluster */
        hostEndpoint: z.string().optional(),
        /** as people read it: "GlobalNetworkPolicy border.x", "NetworkPolicy ns/x" */
        policy: z.string().optional(),
        /** of the policy: "egress rule 1" */
        rule: z.string().optional(),
        message: z.string(),
        since: z.string(),
      }),
    ),
  }),
]);
export type ControlMessage = z.infer<typeof ControlMessage>;
