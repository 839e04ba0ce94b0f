/**
 * Splits a body of varint-length-delimited messages; each part is a view, nothing is copied.
 * Throws when the body ends inside a message: half an answer must not pass for a whole one.
 */
export function splitDelimited(body: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < body.length) {
    let length = 0;
    let shift = 0;
    for (;;) {
      const byte = body[at++];
      if (byte === undefined) throw new Error(`body must end after a whole message: ${body.length} bytes`);
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
      shift += 7;
      if (shift > 35) throw new Error(`message length must be a varint of at most 5 bytes: at ${at}`);
    }
    if (at + length > body.length) {
      throw new Error(`body must hold ${length} bytes of message: ${body.length - at}`);
    }
    parts.push(body.subarray(at, at + length));
    at += length;
  }
  return parts;
}
