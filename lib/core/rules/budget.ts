import type { ASTNode } from '@marcbachmann/cel-js';
import { nodesOf, partsOf, walks } from './mentions.ts';
import { sizeOf } from './size.ts';

/** Steps that one rule may take on one record. */
export const maxRuleSteps = 100_000;

/** A rule, or a pattern in it, was not evaluated: the message says why. */
export class NotChecked extends Error {
  override name = 'NotChecked';
}

/** How much of a node's value is gone through by the operator or function that takes it. */
type Extent = 'length' | 'content';

/** Names and literals, and the variables of loops. Everything else is a step: operators, calls, and rows of loops. */
const free = new Set<string>(['id', 'value', 'accuValue', 'accuInc']);
/** Time zones are looked up by the platform, slowly. */
const zoneSteps = 200;
const zoned = /^get(?:Date|DayOf\w+|FullYear|Month|Hours|Minutes|Seconds|Milliseconds)$/;
const compared = new Set<string>(['==', '!=', 'in']);

/** Counts the steps of one evaluation after the other. */
export class Budget {
  #left = 0;
  #isSpent = false;
  readonly #error = new NotChecked(`the rule takes more than ${maxRuleSteps.toLocaleString('en-US')} steps`);
  readonly #extents = new WeakMap<ASTNode, Extent>();

  /** Learns what the operators and functions of an expression go through. */
  watch(ast: ASTNode): void {
    for (const node of nodesOf(ast)) for (const [part, extent] of takenBy(node)) this.#extents.set(part, extent);
  }

  /**
   * Evaluates with a fresh budget. CEL continues after errors on which the result does not depend: not after this one.
   * @throws NotChecked when the budget did not suffice
   */
  limit<T>(evaluate: () => T): T {
    this.#left = maxRuleSteps;
    this.#isSpent = false;
    try {
      const value = evaluate();
      if (!this.#isSpent) return value;
    } catch (error) {
      if (!this.#isSpent) throw error;
    }
    throw this.#error;
  }

  /** Before a node is evaluated. @throws NotChecked */
  enter(node: ASTNode): void {
    if (!free.has(node.op)) this.spend(1);
    if (node.op === 'rcall' && node.args[2].length > 0 && zoned.test(node.args[0])) this.spend(zoneSteps);
  }

  /** With the value of a node. @throws NotChecked */
  leave(node: ASTNode, value: unknown): void {
    const extent = this.#extents.get(node);
    if (extent) this.spend(sizeOf(value, extent === 'content', this.#left));
  }

  /** @throws NotChecked */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left >= 0) return;
    this.#isSpent = true;
    throw this.#error;
  }
}

/** The parts of a node whose values its operator or function goes through, and the node itself when it makes a list. */
function takenBy(node: ASTNode): (readonly [ASTNode, Extent])[] {
  const parts = partsOf(node.args);
  if (compared.has(node.op)) return parts.map((part) => [part, 'content']);
  if (node.op === '+') return parts.map((part) => [part, 'length']);
  if (node.op !== 'call' && node.op !== 'rcall') return [];
  const [name] = node.args;
  // Loops count their rows one by one; a size is known.
  if (walks.has(name) || name === 'size' || name === 'has') return [];
  return [...parts, node].map((part) => [part, name === 'join' ? 'content' : 'length']);
}
