import { createLog } from "../../src/host/log.js";
import type { Log } from "../../src/core/log.js";
import { createNeedles, type Needles } from "./needles.js";

/** The secret of any key, whether or not a test has made it. */
const keySecret = /\brgk_[A-Za-z0-9_-]{43}/;

/** What a program under test wrote or answered. */
interface Told {
  readonly where: "log" | "error";
  readonly text: string;
}

/** A longer text is looked at in its first part. */
const maxToldLength = 64 * 1024;

export const needles = createNeedles();
const told: Told[] = [];

export function noteTold(where: Told["where"], text: string): void {
  told.push({ where, text: text.slice(0, maxToldLength) });
}

/** Sees every line, also those below the level of the program. */
export const scanLog: Log = createLog("debug", { write: (line) => noteTold("log", line) });

/** The log, and the scan before it. */
export function watchLog(log: Log): Log {
  const both =
    (level: keyof Log): Log[typeof level] =>
    (details, message) => {
      scanLog[level](details, message);
      log[level](details, message);
    };
  return { info: both("info"), warn: both("warn"), error: both("error") };
}

/**
 * What was told since the last call and must not be: records in errors are legitimate, where they name a value at
 * fault.
 */
export function takeFindings(): readonly string[] {
  const found = findLeaks(told, needles);
  told.length = 0;
  return found;
}

/** The texts that have one of the needles, each once. */
export function findLeaks(texts: readonly Told[], { list }: Pick<Needles, "list">): readonly string[] {
  const wanted = list().map(({ text, what }) => ({ what, text: JSON.stringify(text).slice(1, -1) }));
  const found = texts.flatMap(({ where, text }) => {
    const leaked = wanted.filter(
      (needle) => (where === "log" || needle.what !== "record") && hasWord(text, needle.text),
    );
    const kinds = new Set(leaked.map(({ what, text: leak }) => `${what} "${leak}"`));
    if (keySecret.test(text)) kinds.add("secret of a key");
    return kinds.size === 0 ? [] : [`${where} with ${[...kinds].join(", ")}: ${text.slice(0, 2000)}`];
  });
  return [...new Set(found)];
}

/** Whether the text stands there by itself, and not as a part of a longer word. */
function hasWord(text: string, word: string): boolean {
  const isLetter = (character: string | undefined): boolean => /[A-Za-z0-9]/.test(character ?? "");
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true;
  return false;
}
