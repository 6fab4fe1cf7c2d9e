import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { programOf } from "../run-program.mjs";

/** Rules of tsgolint that oxlint, which starts it for the others, does not know yet. */
export const rulesBesideOxlint = ["no-unsafe-class-instance-assignment"];

/** A message is its length in four bytes, its kind in one and JSON. Kinds beside this one are errors and timings. */
const headerBytes = 5;
const diagnosticKind = 1;

/**
 * @typedef {{
 *   readonly range?: { readonly pos: number },
 *   readonly message: { readonly description: string },
 *   readonly file_path: string | null,
 *   readonly rule?: string,
 * }} Diagnostic
 */

/**
 * Its input and output are those that oxlint uses. A rule or an input that it does not know ends it with an error.
 * @param {readonly string[]} files
 * @returns {readonly string[]} what it finds, one text each
 */
export function findBesideOxlint(files) {
  const input = JSON.stringify({
    version: 2,
    configs: [{ file_paths: files.map((file) => resolve(file)), rules: rulesBesideOxlint.map((name) => ({ name })) }],
  });
  const program = programOf("oxlint-tsgolint", "tsgolint");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "headless"], {
    input,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`tsgolint ended with ${status}: ${stderr.toString()}${stdout.toString()}`);
  return readMessages(stdout).map(toProblem);
}

/**
 * @param {Buffer} output
 * @returns {readonly Diagnostic[]}
 */
function readMessages(output) {
  /** @type {Diagnostic[]} */
  const diagnostics = [];
  for (let start = 0; start < output.length;) {
    const end = start + headerBytes + output.readUInt32LE(start);
    const text = output.toString("utf8", start + headerBytes, end);
    if (output[start + headerBytes - 1] !== diagnosticKind) throw new Error(`tsgolint says ${text}`);
    diagnostics.push(/** @type {Diagnostic} */ (JSON.parse(text)));
    start = end;
  }
  return diagnostics;
}

/** @param {Diagnostic} diagnostic */
function toProblem({ file_path: file, range, message, rule }) {
  const what = `${message.description}${rule === undefined ? "" : ` (${rule})`}`;
  if (file === null) return what;
  const before = readFileSync(file).subarray(0, range?.pos ?? 0);
  return `${file}:${before.toString("utf8").split("\n").length} ${what}`;
}
