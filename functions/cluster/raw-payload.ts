/** The bytes of the payload inside a ToDataplane message, as Felix sent them: re-encoding would lose the fields that we do not know. */
import protobuf from 'protobufjs/minimal.js';

const SEQUENCE_NUMBER = 15;
const LENGTH_DELIMITED = 2;

/** Of the last payload, as a oneof is read; empty when there is none. */
export function rawPayload(frame: Uint8Array): Uint8Array {
  const reader = protobuf.Reader.create(frame);
  let raw = new Uint8Array();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const field = tag >>> 3;
    if ((tag & 7) === LENGTH_DELIMITED && field !== SEQUENCE_NUMBER) raw = Uint8Array.from(reader.bytes());
    else reader.skipType(tag & 7);
  }
  return raw;
}
