/** Shipments as they stand in the log, cut into groups: a group is all parts of one snapshot or of one set of changes, and is read whole or not at all. */
import type { cextfire } from '../../proto/generated/shipment.js';

export interface LoggedShipment {
  /** position in the log, from 1 */
  readonly position: number;
  readonly shipment: cextfire.IShipment;
}

export interface ShipmentGroup {
  /** broken: one entry that is no first part and does not follow on the one before it, or has no content */
  readonly kind: 'snapshot' | 'changes' | 'broken';
  readonly parts: readonly LoggedShipment[];
}

/** In order. What lacks parts is left out: at the end they are still to come; before a snapshot they never will. */
export function groupShipments(entries: readonly LoggedShipment[]): ShipmentGroup[] {
  const groups: ShipmentGroup[] = [];
  let open: LoggedShipment[] = [];
  for (const entry of entries) {
    const { snapshot, changes } = entry.shipment;
    const numbered = snapshot ?? changes;
    const last = open.at(-1);
    if (snapshot?.part === 1) open = [];
    else if (!numbered || (last ? !isNextPart(last, entry) : numbered.part !== 1)) {
      groups.push({ kind: 'broken', parts: [entry] });
      open = [];
      continue;
    }
    open.push(entry);
    if (numbered?.part !== numbered?.parts) continue;
    groups.push({ kind: snapshot ? 'snapshot' : 'changes', parts: open });
    open = [];
  }
  return groups;
}

function isNextPart(last: LoggedShipment, next: LoggedShipment): boolean {
  const [a, b] = [last.shipment, next.shipment];
  const [before, after] = [a.snapshot ?? a.changes, b.snapshot ?? b.changes];
  return (
    next.position === last.position + 1 &&
    !a.snapshot === !b.snapshot &&
    a.epoch?.random === b.epoch?.random &&
    before?.parts === after?.parts &&
    (before?.part ?? 0) + 1 === after?.part
  );
}
