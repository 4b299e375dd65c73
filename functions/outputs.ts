/** The names of the stack's outputs: infra writes them, the operator's command finds table and queues by them. */

export type OutputAbout = 'Table' | 'Topic' | 'QueueUrl' | 'ControlQueueUrl' | 'SenderRole' | 'WakeQueueUrl' | 'ApplyFunction';

/** ("WakeQueueUrl", "edge-berlin") -> "WakeQueueUrlEdgeBerlin". */
export function outputName(about: OutputAbout, name: string): string {
  const pascal = name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return `${about}${pascal}`;
}

export const stackName = (environment: string): string => `cextfire-${environment}`;
