/**
 * Requires a reason behind two dashes for every rule that is switched off: `eslint-disable-next-line rule -- reason`.
 * @type {import("eslint").Rule.RuleModule}
 */
export const disableReason = {
  meta: {
    type: "suggestion",
    docs: { description: "asks every eslint-disable comment for its reason" },
    messages: { missing: "Say why after ' -- ': a rule is switched off here." },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!/^\s*eslint-disable/.test(comment.value)) continue;
          if (/\s--\s+\S/.test(comment.value) || !comment.loc) continue;
          context.report({ loc: comment.loc, messageId: "missing" });
        }
      },
    };
  },
};
