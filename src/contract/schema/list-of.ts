import { z } from "zod";

interface ListOptions {
  /** The smallest number of elements. */
  readonly min?: number;
}

/** A list that reports its first invalid element only: a million invalid ones would cost a million issues. */
export function listOf<Element extends z.ZodType>(element: Element, { min = 0 }: ListOptions = {}) {
  return z
    .custom<readonly z.input<Element>[]>((value) => Array.isArray(value), { error: "must be an array", abort: true })
    .refine((values) => values.length >= min, "must not be empty")
    .meta({ type: "array", items: z.toJSONSchema(element, { io: "input", unrepresentable: "any" }) })
    .transform((values, context): z.output<Element>[] => {
      const read: z.output<Element>[] = [];
      for (const [index, value] of values.entries()) {
        const parsed = element.safeParse(value);
        if (!parsed.success) {
          for (const issue of parsed.error.issues)
            // the issue unchanged, with the index in the list
            context.issues.push({ ...issue, path: [index, ...issue.path], input: value } as z.core.$ZodRawIssue);
          return z.NEVER;
        }
        read.push(parsed.data);
      }
      return read;
    });
}
