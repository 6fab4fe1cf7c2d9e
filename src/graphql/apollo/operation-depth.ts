import { GraphQLError, Lexer, Source, TokenKind } from "graphql";
import { OperationLimitError } from "../limits/operation-limits.js";

/** graphql-js parses and validates recursively; about 1,500 levels exhaust the stack. */
const maxLevels = 200;

/** It also follows fragments recursively; a chain of about 3,000 exhausts the stack. */
const maxLevelsTogether = 1000;

const tooDeepMessage = `the operation is nested deeper than ${maxLevels} levels; use variables for deep values`;
const tooDeepTogetherMessage = `the operation and its fragments have more than ${maxLevelsTogether} levels together`;

const openingBrackets: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closingBrackets: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** @throws GraphQLError before the text is parsed */
export function refuseUnreadableOperation(text: string, maxTokens: number): void {
  // A token has at least one character.
  if (text.length <= maxTokens && countOpening(text) <= maxLevels) return;
  const problem = findDepthError(text, maxTokens);
  if (problem === undefined) return;
  throw new GraphQLError(problem, { extensions: { code: "GRAPHQL_PARSE_FAILED", http: { status: 400 } } });
}

/** An upper bound of the depth, cheap enough for every request. */
function countOpening(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // "(", "[" and "{"
    if (code === 0x28 || code === 0x5b || code === 0x7b) count += 1;
  }
  return count;
}

/** @throws OperationLimitError for a text with too many tokens */
function findDepthError(text: string, maxTokens: number): string | undefined {
  const lexer = new Lexer(new Source(text));
  let levels = 0;
  let deepest = 0;
  let together = 0;
  let tokens = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      if (token.kind !== TokenKind.COMMENT) tokens += 1;
      if (tokens > maxTokens) throw new OperationLimitError("tokens", maxTokens, tokens);
      if (openingBrackets.has(token.kind)) levels += 1;
      else if (closingBrackets.has(token.kind)) levels -= 1;
      deepest = Math.max(deepest, levels);
      if (deepest > maxLevels) return tooDeepMessage;
      if (levels > 0) continue;
      together += deepest;
      deepest = 0;
      if (together > maxLevelsTogether) return tooDeepTogetherMessage;
    }
  } catch (error) {
    // The parser reports the fault of the text.
    if (error instanceof OperationLimitError) throw error;
  }
  return undefined;
}
