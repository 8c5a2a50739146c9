// SPDX expressions, and the slash that older crates write for OR.

/**
 * The licences of an expression that are taken, in the order in which `accepted` has them; undefined if
 * no choice is accepted as a whole.
 */
export function choice(expression, accepted) {
  const tokens = expression.replaceAll("/", " OR ").match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const rank = (ids) => Math.max(...ids.map((id) => accepted.indexOf(id)));

  function any() {
    let best = every();
    while (tokens[at] === "OR") {
      at += 1;
      const other = every();
      if (other && (!best || rank(other) < rank(best))) best = other;
    }
    return best;
  }

  function every() {
    let all = one();
    while (tokens[at] === "AND") {
      at += 1;
      const other = one();
      all = all && other && [...all, ...other];
    }
    return all;
  }

  function one() {
    const token = tokens[at++];
    if (token === "(") {
      const inner = any();
      at += 1;
      return inner;
    }
    if (tokens[at] === "WITH") {
      // An exception only allows more.
      at += 2;
    }
    return accepted.includes(token) ? [token] : undefined;
  }

  const chosen = any();
  return at === tokens.length && chosen ? [...new Set(chosen)] : undefined;
}
