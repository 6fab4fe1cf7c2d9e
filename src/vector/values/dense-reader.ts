import { Buffer } from "node:buffer";
import { isJsonArray, type JsonValue } from "../../json/value.js";
import type { DenseVectorType } from "../definition/definition.js";
import { findNonFinite16 } from "./float32.js";
import { invalidParameter, quoteValue } from "./inspection.js";
import { denseKinds } from "./dense-kinds.js";
import { noteNonFinite, type ValueReader } from "./value-reader.js";

/** Reads a vector into its packed bytes. */
export function denseReader(field: string, type: DenseVectorType, dim: number): ValueReader<Uint8Array> {
  const kind = denseKinds[type];
  const expectedBytes = kind.byteLength(dim);
  const scratch = new DataView(new ArrayBuffer(expectedBytes));
  const scratchBytes = new Uint8Array(scratch.buffer);
  const about = (actual: JsonValue) => ({ expected: type, actual });

  const readBytes: ValueReader<Uint8Array> = (value, inspection) => {
    if (isJsonArray(value)) {
      const fits = value.length * kind.elementBytes === expectedBytes;
      const target = fits ? scratch : new DataView(new ArrayBuffer(value.length * kind.elementBytes));
      const bad = kind.encode(value, target);
      // Short vectors share memory: a buffer of its own for each would be much garbage.
      if (bad === -1) return fits ? Buffer.from(scratchBytes) : new Uint8Array(target.buffer);
      if (value[bad] === null) {
        const cause = invalidParameter(`field ${field} has a null at index ${bad}; a vector element cannot be null`);
        return inspection.refuse({ field, rule: "not-nullable", cause });
      }
      return inspection.refuse({
        field,
        rule: "type",
        cause: invalidParameter(`element ${bad} is not ${kind.elements}`, about(value)),
      });
    }
    if (typeof value !== "string")
      return inspection.refuse({
        field,
        rule: "type",
        cause: invalidParameter(`invalid vector field: ${field}`, about(value)),
      });
    if (!kind.takesBase64) {
      const cause = invalidParameter(`field ${field} expects a vector, got the text of one: ${quoteValue(value)}`);
      return inspection.refuse({ field, rule: "type", cause });
    }
    const bytes = decodeBase64(value);
    return (
      bytes ??
      inspection.refuse({
        field,
        rule: "type",
        cause: invalidParameter("illegal base64 data at input byte 0", about(value)),
      })
    );
  };

  return (value, inspection) => {
    const bytes = readBytes(value, inspection);
    if (bytes === undefined) return undefined;
    if (bytes.length !== expectedBytes) {
      const [unit, size] = kind.takesBase64 ? ["[]byte", bytes.length] : [kind.unit, bytes.length / kind.elementBytes];
      const cause = invalidParameter(`${unit} size ${size} doesn't equal to vector dimension ${dim} of ${type}`);
      inspection.noteShape({ field, rule: "dimension", cause });
      return undefined;
    }
    if (type !== "Float16Vector" && type !== "BFloat16Vector") return bytes;
    const nonFinite = findNonFinite16(bytes, type);
    if (nonFinite === undefined) return bytes;
    noteNonFinite(nonFinite, field, inspection);
    return undefined;
  };
}

/** Undefined for a text that is not base64 with padding. */
function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replaceAll(/[\r\n]/g, "");
  return compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact)
    ? new Uint8Array(Buffer.from(compact, "base64"))
    : undefined;
}
