import { GraphQLError, Lexer, Source, TokenKind } from "graphql";

/** graphql-js parses and validates recursively; at about 1,500 levels its stack ends. */
const maxLevels = 200;

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** @throws GraphQLError before the text is parsed */
export function refuseDeepOperation(text: string): void {
  if (countOpening(text) <= maxLevels || !isDeep(text)) return;
  throw new GraphQLError(`the operation is nested deeper than ${maxLevels} levels; deep values go into variables`, {
    extensions: { code: "GRAPHQL_PARSE_FAILED", http: { status: 400 } },
  });
}

/** An upper bound of the depth, cheap enough for every request. */
function countOpening(text: string): number {
  return text.split(/[{[(]/, maxLevels + 2).length - 1;
}

function isDeep(text: string): boolean {
  const lexer = new Lexer(new Source(text));
  let levels = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      if (opening.has(token.kind)) levels += 1;
      else if (closing.has(token.kind)) levels -= 1;
      if (levels > maxLevels) return true;
    }
  } catch {
    // The parser meets the same text and says what is wrong with it.
  }
  return false;
}
