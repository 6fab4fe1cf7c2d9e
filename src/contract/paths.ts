import { z } from "zod";

/**
 * A lone surrogate cannot be encoded: the URL would have the replacement character instead and address another
 * resource.
 */
export const encodableText = z.string().refine((text) => text.isWellFormed(), "must not contain a lone surrogate");

/** A value for a `{name}`. URLs resolve `.` and `..`, encoded or not, to another path. */
export const pathSegment = encodableText.refine((text) => text !== "." && text !== "..", "must not be . or ..");

/** Whether the path equals `ancestor` or continues it by further segments. */
export function isBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

type ParameterNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterNames<Rest>
  : never;

/** The values of the `{name}` segments of a path, by name; any names for a path that is known at run time only. */
export type PathParameters<Path extends string = string> = Readonly<
  Record<string extends Path ? string : ParameterNames<Path>, string>
>;

/** Fills a template's `{name}` segments, percent-encoded. */
export function buildPath(template: string, parameters: PathParameters): string {
  if (!template.includes("{")) return template;
  return template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = parameters[name];
    // A lone surrogate cannot be encoded in UTF-8; the URL has the replacement character instead.
    return value === undefined ? placeholder : encodeURIComponent(value.toWellFormed());
  });
}

/**
 * The parameters of a path, decoded once; undefined for a path that does not match the template or is badly encoded.
 */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  if (!template.includes("{")) return path === template ? {} : undefined;
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
