import { z } from "zod";

/** Half a character has no encoding: a URL would name what has the replacement character in its place. */
export const encodableText = z.string().refine((text) => text.isWellFormed(), "must not contain half a character");

/** What may fill a `{name}`: `.` and `..`, encoded or not, would lead a URL elsewhere. */
export const pathSegment = encodableText.refine((text) => text !== "." && text !== "..", "must not be . or ..");

/** Whether the path is the other one or goes on from it. */
export function isBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

type ParameterNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParameterNames<Rest> : never;

/** What fills the `{name}` segments of a path, each by its name; of a path that is not known yet anything may. */
export type PathParameters<Path extends string = string> = Readonly<Record<string extends Path ? string : ParameterNames<Path>, string>>;

/** Fills a template's `{name}` segments, percent-encoded. */
export function buildPath(template: string, parameters: PathParameters): string {
  return template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = parameters[name];
    // Half a character has no UTF-8 bytes; a URL has the replacement character in its place.
    return value === undefined ? placeholder : encodeURIComponent(value.toWellFormed());
  });
}

/** The parameters of a path that fits the template, decoded once; undefined when it does not fit or is badly encoded. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const expected = template.split("/");
  const actual = path.split("/");
  if (expected.length !== actual.length) return undefined;
  const parameters: [string, string][] = [];
  for (const [index, segment] of expected.entries()) {
    const text = actual[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) {
      if (segment !== text) return undefined;
      continue;
    }
    const value = decodeSegment(text);
    if (value === undefined || value === "") return undefined;
    parameters.push([name, value]);
  }
  return Object.fromEntries(parameters);
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
