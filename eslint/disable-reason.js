/**
 * Requires a reason behind two dashes for every rule that is switched off: `eslint-disable-next-line rule -- reason`,
 * or `oxlint-disable-next-line` for the rules that need types.
 * @type {import("eslint").Rule.RuleModule}
 */
export const disableReason = {
  meta: {
    type: "suggestion",
    docs: { description: "asks every comment that switches a rule off for its reason" },
    messages: { missing: "Say why after ' -- ': a rule is switched off here." },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!/^\s*(es|ox)lint-disable/.test(comment.value)) continue;
          if (/\s--\s+\S/.test(comment.value) || !comment.loc) continue;
          context.report({ loc: comment.loc, messageId: "missing" });
        }
      },
    };
  },
};
